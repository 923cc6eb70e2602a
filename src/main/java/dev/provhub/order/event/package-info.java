/**
 * Events of orders on their way to those who listen: what is to be told is written into an outbox with the change that it tells
 * of ({@link dev.provhub.order.event.EventOutbox}), and {@link dev.provhub.order.event.EventDispatch} brings it out, for each
 * listener by itself and in order for each order. What an event says is written in {@code order.api}.
 */
@NullMarked
package dev.provhub.order.event;

import org.jspecify.annotations.NullMarked;
