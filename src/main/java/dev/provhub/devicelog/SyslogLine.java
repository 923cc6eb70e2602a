package dev.provhub.devicelog;

import dev.provhub.device.MacAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a phone's syslog, as the default texts of {@code Log_*_Msg} have it (device protocol, section 8): {@code $PN $MAC --
 * Requesting resync …}. Framed or bare; what stands before the text does not matter.
 *
 * @param mac  that it names; null for none
 * @param says what it tells
 * @param text without frame, the names of directories masked
 */
public record SyslogLine(@Nullable MacAddress mac, Says says, String text) {
    private static final Pattern MAC = Pattern.compile(
            "(?<![0-9a-fA-F])(?:[0-9a-fA-F]{12}|[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5})(?![0-9a-fA-F:-])");
    private static final Pattern PRIORITY = Pattern.compile("^<\\d{1,3}>(?:1 )?");
    /** What is as good as a password, as phones and people write it into a line; group 1 stays. */
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)((?:^|[/\\s]|%2f)[pk](?:/|%2f))[^/\\s%]+"),
            Pattern.compile("(?i)(--(?:key|uid|pwd)[\\s=]+)(?:\"[^\"]*\"?|[^\\s\\]]+)"),
            Pattern.compile("(//)[^\\s]*(?=@)"),
            Pattern.compile("(?i)(\\b\\w*(?:passw\\w*|secret|pwd)\\s*[:=]\\s*)(?:\"[^\"]*\"?|\\S+)"),
            Pattern.compile("(?i)(\\bauthorization\\s*[:=]\\s*).*"),
            Pattern.compile("()\\b[0-9a-fA-F]{32,}\\b"),
            Pattern.compile("()\\b[a-z2-7]{26}\\b"));

    /** What a line tells. */
    public enum Says {
        /** A resync begins. */
        REQUESTING_RESYNC("requesting resync"),
        /** A resync has ended well. */
        SUCCESSFUL_RESYNC("successful resync"),
        /** A resync has failed; the text says why. */
        RESYNC_FAILED("resync failed"),
        /** An upgrade begins. */
        REQUESTING_UPGRADE("requesting upgrade"),
        /** An upgrade has ended well. */
        SUCCESSFUL_UPGRADE("successful upgrade"),
        /** An upgrade has failed; the text says why. */
        UPGRADE_FAILED("upgrade failed"),
        /** Anything else. */
        SOMETHING("said");

        private final String word;

        Says(String word) {
            this.word = word;
        }

        /** As the phones and the device log have it. */
        public String word() {
            return word;
        }
    }

    /** Reads whatever was sent. */
    public static SyslogLine read(String raw) {
        String text = PRIORITY.matcher(raw).replaceFirst("");
        Matcher mac = MAC.matcher(text);
        String small = text.toLowerCase(Locale.ROOT);
        Says says = Says.SOMETHING;
        for (Says candidate : Says.values()) {
            if (candidate != Says.SOMETHING && small.contains(candidate.word)) {
                says = candidate;
                break;
            }
        }
        String masked = text;
        for (Pattern secret : SECRETS) {
            masked = secret.matcher(masked).replaceAll("$1***");
        }
        return new SyslogLine(mac.find() ? MacAddress.find(mac.group()).orElse(null) : null, says, masked);
    }
}
