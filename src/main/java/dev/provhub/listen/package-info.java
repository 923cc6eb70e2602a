/**
 * The first hop: what camel-jetty needs so that phones and programs get exactly the answers the hub means. A front
 * ({@link dev.provhub.listen.DeviceFront}, {@link dev.provhub.listen.ApiFront}) stands before the routes of a listener,
 * a binding writes what a route has left behind, and {@link dev.provhub.listen.ListenerTls} says what TLS a listener speaks.
 */
@NullMarked
package dev.provhub.listen;

import org.jspecify.annotations.NullMarked;
