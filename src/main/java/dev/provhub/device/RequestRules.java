package dev.provhub.device;

import java.util.List;
import java.util.Optional;

/**
 * What a requested name means, the same over every transport: the rules of {@code config/request-rules.yaml} in order, first
 * match wins. Case does not count, nor does the number of leading slashes; empty segments further in stay. Immutable, so that
 * any thread may ask.
 */
public final class RequestRules {
    /** Longest name that is looked at, in characters: the longest of ours has about 150. */
    private static final int LONGEST = 512;

    private final List<RequestRule> rules;
    private final DeviceModels models;

    /** @param rules in order */
    public RequestRules(List<RequestRule> rules, DeviceModels models) {
        this.rules = List.copyOf(rules);
        this.models = models;
    }

    /**
     * What a name means, and which rule said so.
     *
     * @param asked what it means
     * @param rule  path of the rule, as it stands in the file; empty when none fits
     */
    public record Reading(Asked asked, String rule) {
        private static final Reading UNKNOWN = new Reading(new Asked.Unknown(), "");
    }

    /**
     * What a name means.
     *
     * @param name file name or path without query, percent-encoding already undone
     */
    public Reading read(String name) {
        if (name.length() > LONGEST || isUnsafe(name)) {
            return Reading.UNKNOWN;
        }
        String path = withoutLeadingSlashes(name);
        for (RequestRule rule : rules) {
            Optional<Asked> asked = rule.read(path, models);
            if (asked.isPresent()) {
                return new Reading(asked.get(), rule.path());
            }
        }
        return Reading.UNKNOWN;
    }

    /** No name of ours climbs out of a folder, has a backslash or a control character. */
    private static boolean isUnsafe(String name) {
        return name.contains("..") || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl);
    }

    private static String withoutLeadingSlashes(String name) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '/') {
            start++;
        }
        return name.substring(start);
    }
}
