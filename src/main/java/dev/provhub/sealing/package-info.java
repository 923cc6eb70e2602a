/**
 * Sealing of rendered profiles: gzip, and AES-256 in the container of {@code openssl enc}. Bytes in, bytes out; the only
 * place that knows keys and ciphers of profiles. {@code sealing.dataformat} offers the same to routes.
 */
@NullMarked
package dev.provhub.sealing;

import org.jspecify.annotations.NullMarked;
