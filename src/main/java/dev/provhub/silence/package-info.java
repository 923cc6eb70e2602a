/** Devices of which nothing is heard any more. Starts at {@code SilenceWatch}. */
@NullMarked
package dev.provhub.silence;

import org.jspecify.annotations.NullMarked;
