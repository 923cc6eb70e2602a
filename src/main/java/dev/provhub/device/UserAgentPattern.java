package dev.provhub.device;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One shape of User-Agent: a regular expression over the whole text, case ignored, with the groups {@code model},
 * {@code version}, {@code mac} and {@code serial}, each where the shape has it.
 */
public final class UserAgentPattern {
    /** Longest User-Agent that is looked at, in characters; what is longer says nothing. */
    private static final int LONGEST = 256;

    private final Pattern pattern;

    /** @throws java.util.regex.PatternSyntaxException when it is not a regular expression */
    public UserAgentPattern(String regex) {
        this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    Optional<UserAgentHint> read(String userAgent, DeviceModels models) {
        if (userAgent.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(userAgent.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String model = group(matcher, "model");
        String mac = group(matcher, "mac");
        return Optional.of(new UserAgentHint(
                model == null ? null : models.find(model).orElse(null),
                group(matcher, "version"),
                mac == null ? null : MacAddress.find(mac).orElse(null),
                group(matcher, "serial")));
    }

    private @Nullable String group(Matcher matcher, String name) {
        return pattern.pattern().contains("(?<" + name + ">") ? matcher.group(name) : null;
    }
}
