package dev.provhub.rollout;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When devices may be told, by their own clocks: {@code mon-fri 01:00-05:00, sat 22:00-06:00}; without days on each. One that ends
 * before it begins ends on the day after.
 *
 * @param windows any of them must be open; none for always
 */
public record MaintenanceWindows(List<Window> windows) {
    /** At any time. */
    public static final MaintenanceWindows ALWAYS = new MaintenanceWindows(List.of());

    private static final String ALLOWED = "days and hours such as mon-fri 01:00-05:00, several with commas";
    private static final Pattern TEXT =
            Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))?\\s+)?(\\d{1,2}):(\\d{2})\\s*-\\s*(\\d{1,2}):(\\d{2})");
    private static final int MINUTES_OF_DAY = 24 * 60;

    /** Copies the list. */
    public MaintenanceWindows {
        windows = List.copyOf(windows);
    }

    /**
     * One of them.
     *
     * @param days on which it opens
     * @param from minute of the day at which it opens, 0 to 1439
     * @param to   minute at which it closes, 1 to 1440; on the day after where that is not above {@code from}
     */
    public record Window(Set<DayOfWeek> days, int from, int to) {
        /** Copies the set. */
        public Window {
            days = Set.copyOf(days);
        }

        boolean isOpen(ZonedDateTime at) {
            int minute = at.getHour() * 60 + at.getMinute();
            boolean today = days.contains(at.getDayOfWeek());
            if (from < to) {
                return today && minute >= from && minute < to;
            }
            return (today && minute >= from) || (days.contains(at.getDayOfWeek().minus(1)) && minute < to);
        }
    }

    /**
     * Reads them; an empty text for always.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static MaintenanceWindows parse(String text) {
        if (text.isBlank()) {
            return ALWAYS;
        }
        List<Window> windows = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher found = TEXT.matcher(part.strip().toLowerCase(Locale.ROOT));
            if (!found.matches()) {
                throw refused(part);
            }
            int from = minute(found.group(3), found.group(4), part);
            int to = minute(found.group(5), found.group(6), part);
            if (from == to || from == MINUTES_OF_DAY) {
                throw refused(part);
            }
            windows.add(new Window(days(found.group(1), found.group(2), part), from, to == 0 ? MINUTES_OF_DAY : to));
        }
        return new MaintenanceWindows(windows);
    }

    private static Set<DayOfWeek> days(String first, String last, String part) {
        if (first == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        DayOfWeek day = day(first, part);
        DayOfWeek end = last == null ? day : day(last, part);
        Set<DayOfWeek> days = EnumSet.of(day);
        while (day != end) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    }

    private static DayOfWeek day(String word, String part) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().toLowerCase(Locale.ROOT).startsWith(word)) {
                return day;
            }
        }
        throw refused(part);
    }

    private static int minute(String hour, String minute, String part) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        if (Integer.parseInt(minute) > 59 || minutes > MINUTES_OF_DAY) {
            throw refused(part);
        }
        return minutes;
    }

    private static IllegalArgumentException refused(String part) {
        return new IllegalArgumentException("window '" + part.strip() + "' is not allowed; allowed: " + ALLOWED);
    }

    /** Whether a device in a time zone may be told now. */
    public boolean isOpen(Instant now, ZoneId zone) {
        ZonedDateTime there = now.atZone(zone);
        return windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpen(there));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return windows.stream()
                .map(window -> days(window) + time(window.from()) + "-" + time(window.to()))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private static String days(Window window) {
        if (window.days().size() == DayOfWeek.values().length) {
            return "";
        }
        DayOfWeek first = window.days().stream()
                .filter(day -> !window.days().contains(day.minus(1)))
                .findFirst()
                .orElseThrow();
        DayOfWeek last = first.plus(window.days().size() - 1L);
        return word(first) + (first == last ? "" : "-" + word(last)) + " ";
    }

    private static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static String time(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    /** A zone by its name; another one where that is null or not known. */
    static ZoneId zone(@org.jspecify.annotations.Nullable String name, ZoneId otherwise) {
        try {
            return name == null || name.isEmpty() ? otherwise : ZoneId.of(name);
        } catch (java.time.DateTimeException e) {
            return otherwise;
        }
    }
}
