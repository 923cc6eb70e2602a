/** How the log is written, and how much of it. */
@NullMarked
package dev.provhub.ops.logging;

import org.jspecify.annotations.NullMarked;
