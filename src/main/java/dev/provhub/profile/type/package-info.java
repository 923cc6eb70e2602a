/** The types of the parameter dictionary: which texts a parameter takes (device protocol, section 1.1). */
@NullMarked
package dev.provhub.profile.type;

import org.jspecify.annotations.NullMarked;
