/**
 * Route files: finding them, checking them against Camel's YAML schema and the hub's conventions, and loading a whole set
 * into a context that is never started. Starts at {@link dev.provhub.routing.RouteCheck}.
 */
@NullMarked
package dev.provhub.routing;

import org.jspecify.annotations.NullMarked;
