/**
 * The Camel component {@code tftp:}: a consumer that makes an exchange of each request, and sends what the route leaves
 * in the body.
 */
@NullMarked
package dev.provhub.tftp.component;

import org.jspecify.annotations.NullMarked;
