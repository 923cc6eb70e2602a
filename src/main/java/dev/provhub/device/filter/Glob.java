package dev.provhub.device.filter;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern in which {@code *} stands for any text, also for none. Case counts.
 *
 * @param text as written
 */
public record Glob(String text) {
    /** Whether a whole text fits. */
    public boolean fits(String candidate) {
        String regex = Arrays.stream(text.split("[*]", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(candidate).matches();
    }

    /** The same for SQL's {@code like … escape '!'}. */
    public String like() {
        return text.replaceAll("[!%_]", "!$0").replace('*', '%');
    }
}
