/**
 * What lies inside a vendor's image, as far as somebody has described it: {@link dev.provhub.firmware.container.Containers} tells how a
 * file is packed, whether it is whole, and which version it says it is.
 */
@NullMarked
package dev.provhub.firmware.container;

import org.jspecify.annotations.NullMarked;
