/**
 * What a device should be told: layers of settings that {@code config} reads, merged by {@link
 * dev.provhub.profile.ProfileComposer} into a {@link dev.provhub.profile.Profile}, checked against the {@link
 * dev.provhub.profile.ParameterDictionary}, and written in the phones' own XML by {@link
 * dev.provhub.profile.FlatProfileWriter}. Knows nothing of how the request came in, and seals nothing.
 */
@NullMarked
package dev.provhub.profile;

import org.jspecify.annotations.NullMarked;
