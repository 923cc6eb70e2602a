/**
 * The language in which people and programs say which devices they mean: {@code model=SPA504G and not label=vip}. Starts at
 * {@link dev.provhub.device.filter.FilterParser}; a filter is tested on one device here, and in the store by the database.
 */
@NullMarked
package dev.provhub.device.filter;

import org.jspecify.annotations.NullMarked;
