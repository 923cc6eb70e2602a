/**
 * Service orders as the hub sees them, however they came in. {@link dev.provhub.order.OrderIntake} checks and keeps an order,
 * {@link dev.provhub.order.Fulfilment} carries it out on the devices and notices when a device has applied it,
 * {@link dev.provhub.order.BulkIntake} does both for many at once. What a site calls a field is data
 * ({@link dev.provhub.order.OrderMapping}); the wire shapes are in {@code order.api}.
 */
@NullMarked
package dev.provhub.order;

import org.jspecify.annotations.NullMarked;
