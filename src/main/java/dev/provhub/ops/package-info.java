/** What operators and machines that watch the hub see of it: health now; pages, metrics and faults have their place here. */
@NullMarked
package dev.provhub.ops;

import org.jspecify.annotations.NullMarked;
