/**
 * What a phone does with the bytes of a profile: {@link dev.provhub.emulator.profile.ProfileOpener} looks at the first
 * bytes, decrypts, inflates and hands the XML to the parser. Sections 1 and 2 of the device protocol reference.
 */
@NullMarked
package dev.provhub.emulator.profile;

import org.jspecify.annotations.NullMarked;
