/** Files of other vendors' phones, made from FreeMarker templates and the same values as profiles. */
@NullMarked
package dev.provhub.templates;

import org.jspecify.annotations.NullMarked;
