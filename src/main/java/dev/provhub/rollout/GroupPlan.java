package dev.provhub.rollout;

import org.jspecify.annotations.Nullable;

/**
 * How a group is to be.
 *
 * @param size    how many of all devices; null for all that no other group takes
 * @param success from how many arrived on the next group begins: of those that are not offline
 * @param errors  from how many failed on the rollout stops: of those whose end is known
 * @param sample  of how many devices the end must be known before either counts, from 1; fewer where the group has fewer
 */
public record GroupPlan(@Nullable Threshold size, Threshold success, Threshold errors, int sample) {
    /** @throws IllegalArgumentException when the sample is below 1, or no failure is needed to stop */
    public GroupPlan {
        if (sample < 1) {
            throw new IllegalArgumentException("sample " + sample + " is not allowed; allowed: from 1");
        }
        if (errors.value() < 1) {
            throw new IllegalArgumentException("errors " + errors + " is not allowed; allowed: from 1, or from 1%");
        }
    }
}
