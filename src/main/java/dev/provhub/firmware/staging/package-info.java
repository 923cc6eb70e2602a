/**
 * Making an image ready to be served: {@link dev.provhub.firmware.staging.Staging} takes a file or an archive, looks into it, and puts it
 * beside the others with a {@link dev.provhub.firmware.staging.StagedImage record} of what it found; or refuses it with the reason.
 */
@NullMarked
package dev.provhub.firmware.staging;

import org.jspecify.annotations.NullMarked;
