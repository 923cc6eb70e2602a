package dev.provhub.firmware.staging;

import java.util.List;

/** What became of something that was to be staged. */
public sealed interface StagingResult {
    /**
     * It is served, and rules may lead to it.
     *
     * @param images     one for each image in it
     * @param isNew      whether any of them was not there before
     * @param passedOver names of what else was in an archive
     */
    record Staged(List<StagedImage> images, boolean isNew, List<String> passedOver) implements StagingResult {
        /** Copies the lists. */
        public Staged {
            images = List.copyOf(images);
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * Nothing of it was kept.
     *
     * @param reason what is wrong, and what is allowed; for who brought it
     */
    record Refused(Why why, String reason) implements StagingResult {}

    /** Kinds of reasons. */
    enum Why {
        /** It is not an image that the hub can take. */
        UNFIT,
        /** Less of it came than there is. */
        CUT_OFF,
        /** There is something else of the same name or version. */
        CONFLICT,
        /** It is larger than is allowed. */
        TOO_LARGE,
        /** It does not fit on the disk. */
        NO_SPACE
    }
}
