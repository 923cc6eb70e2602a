package dev.provhub.rules;

import java.util.Optional;
import java.util.Set;

/** The parameters that hold rules, and what each allows. */
public enum RuleKind {
    /** {@code Profile_Rule} and {@code Profile_Rule_B} to {@code _D}. */
    PROFILE,
    /** {@code Upgrade_Rule}: no options, and its URLs name their host. */
    UPGRADE,
    /** {@code Report_Rule} and other rules for sending. */
    REPORT,
    /** {@code Resync_Trigger_1} and {@code _2}: a condition alone, without parentheses. */
    TRIGGER;

    /** The kind of rule that a parameter holds; empty when it holds none. */
    public static Optional<RuleKind> ofParameter(String name) {
        return switch (name) {
            case "Profile_Rule", "Profile_Rule_B", "Profile_Rule_C", "Profile_Rule_D" -> Optional.of(PROFILE);
            case "Upgrade_Rule" -> Optional.of(UPGRADE);
            case "Report_Rule", "PRT_Upload_Rule" -> Optional.of(REPORT);
            case "Resync_Trigger_1", "Resync_Trigger_2" -> Optional.of(TRIGGER);
            default -> Optional.empty();
        };
    }

    /** Names of the options that may stand in brackets. */
    Set<String> options() {
        return switch (this) {
            case PROFILE -> Set.of("key", "post", "alias", "uid", "pwd");
            case REPORT -> Set.of("key", "uid", "pwd", "delta", "status");
            case UPGRADE, TRIGGER -> Set.of();
        };
    }

    /** Whether a URL without a host goes to the server of DHCP option 66. */
    boolean hostFromDhcp() {
        return this == PROFILE || this == REPORT;
    }
}
