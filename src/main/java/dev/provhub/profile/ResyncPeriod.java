package dev.provhub.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a device waits between two polls, by what it is told: {@code Resync_Periodic} is a number of seconds, with {@code +b} for a
 * random part, or a list of which the last entry repeats; a valid {@code Resync_At__HHmm_} makes it once a day instead.
 */
public final class ResyncPeriod {
    private static final String PERIODIC = "Resync_Periodic";
    private static final String AT = "Resync_At__HHmm_";
    /** What the phones do when nobody says. */
    private static final Duration FROM_THE_FACTORY = Duration.ofHours(1);
    /** A day, and the random delay that may come on top. */
    private static final Duration DAILY = Duration.ofHours(25);

    private ResyncPeriod() {}

    /**
     * What a device's own settings make of the period of devices like it.
     *
     * @param usual of the others; empty when they are not expected to poll
     * @return empty when it is not expected to poll here at all
     */
    public static Optional<Duration> of(Map<String, String> ownSettings, Optional<Duration> usual) {
        String transport = ownSettings.get(Settings.PROFILE_TRANSPORT);
        if (Settings.PUBLISHED.equals(transport)) {
            return Optional.empty();
        }
        String at = ownSettings.get(AT);
        if (at != null && isTime(at)) {
            return Optional.of(DAILY);
        }
        String own = ownSettings.get(PERIODIC);
        return own == null ? usual : parse(own);
    }

    static Optional<Duration> of(LayerStack stack) {
        if (Settings.PUBLISHED.equals(stack.settings().get(Settings.PROFILE_TRANSPORT))) {
            return Optional.empty();
        }
        Optional<String> at = fixed(stack, AT);
        if (at.filter(ResyncPeriod::isTime).isPresent()) {
            return Optional.of(DAILY);
        }
        return fixed(stack, PERIODIC).map(ResyncPeriod::parse).orElse(Optional.of(FROM_THE_FACTORY));
    }

    /** What the topmost layer says, when it says the same for every device. */
    private static Optional<String> fixed(LayerStack stack, String name) {
        List<Layer.Entry> site = stack.site();
        for (int i = site.size() - 1; i >= 0; i--) {
            Layer.Entry entry = site.get(i);
            if (entry.named() != null && entry.named().parameter().name().equals(name)) {
                Template template = entry.template();
                return template != null && template.isFixed() ? Optional.of(template.source()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The longest wait of the entry that repeats; empty when it is off. What cannot be read is as from the factory. */
    static Optional<Duration> parse(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String[] entries = text.split(",", -1);
        try {
            long seconds = Arrays.stream(entries[entries.length - 1].split("\\+", -1))
                    .map(String::strip)
                    .mapToLong(Long::parseLong)
                    .reduce(0, Math::addExact);
            return seconds <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.of(FROM_THE_FACTORY);
        }
    }

    private static boolean isTime(String text) {
        return text.strip().matches("([01][0-9]|2[0-3])[0-5][0-9]|2400");
    }
}
