/**
 * Orders as others write them: TMF641 v4.1 in JSON ({@link dev.provhub.order.api.ServiceOrderApi}) and rows of a CSV file
 * ({@link dev.provhub.order.api.CsvOrders}). Knows the standard's field names, and nothing of how a request came in: bytes
 * and query parameters in, status, headers and bytes out. Amending, deleting, cancelling and events get a class each beside
 * these.
 */
@NullMarked
package dev.provhub.order.api;

import org.jspecify.annotations.NullMarked;
