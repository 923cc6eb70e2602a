/** Sealing for routes: {@code marshal} with {@code gzip} or {@code opensslEnc}. Keys come from exchange properties only. */
@NullMarked
package dev.provhub.sealing.dataformat;

import org.jspecify.annotations.NullMarked;
