/** Profiles for routes: {@code marshal} and {@code unmarshal} with {@code flatProfile}. */
@NullMarked
package dev.provhub.profile.dataformat;

import org.jspecify.annotations.NullMarked;
