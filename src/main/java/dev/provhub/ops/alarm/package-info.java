/** What goes wrong in the fleet more often than it usually does, and how that is told. */
@NullMarked
package dev.provhub.ops.alarm;

import org.jspecify.annotations.NullMarked;
