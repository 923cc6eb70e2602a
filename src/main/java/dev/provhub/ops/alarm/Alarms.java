package dev.provhub.ops.alarm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The alarms of this hub, one for each {@link Trouble}. Thread-safe. */
public final class Alarms {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** After a longer time nothing is known of before; a clock that is set right may jump by years. */
    private static final long MOST_MINUTES = 15;

    private final TroubleCounts counts;
    private final int factor;
    private final Clock clock;
    private final Map<Trouble, GrowthAlarm> growths = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Long> totals = new EnumMap<>(Trouble.class);
    private final Map<Trouble, Instant> since = new EnumMap<>(Trouble.class);
    private Instant looked;

    /**
     * Begins to learn what is usual.
     *
     * @param factor  how many times the usual is an alarm, from 2
     * @param minimum how many within five minutes at least, from 1
     */
    public Alarms(TroubleCounts counts, int factor, int minimum, Clock clock) {
        this.counts = counts;
        this.factor = factor;
        this.clock = clock;
        this.looked = clock.instant();
        for (Trouble trouble : Trouble.values()) {
            growths.put(trouble, new GrowthAlarm(factor, minimum));
            totals.put(trouble, counts.total(trouble));
        }
    }

    /**
     * An alarm that is raised, or was.
     *
     * @param raised whether it is
     * @param since  when it was raised
     * @param recent how often it happened in the last five minutes
     * @param usual  how often it usually happens within five minutes
     * @param factor how many times the usual is an alarm
     * @param goesOn whether it is raised no more only because it has gone on so long that it is usual
     */
    public record Alarm(
            Trouble trouble, boolean raised, Instant since, long recent, long usual, int factor, boolean goesOn) {
        /** In words for an operator. */
        public String says() {
            String says = trouble.says() + ": " + recent + " within five minutes, where " + usual + " are usual";
            return goesOn ? says + "; it goes on, and has done so for so long that it is taken for usual" : says;
        }
    }

    /** Takes in the minutes that have passed, and gives the alarms that were raised or cleared since the last look. */
    public synchronized List<Alarm> look() {
        Instant now = clock.instant();
        if (now.isBefore(looked)) {
            looked = now;
        }
        long passed = Duration.between(looked, now).dividedBy(MINUTE);
        if (passed <= 0) {
            return List.of();
        }
        looked = looked.plus(MINUTE.multipliedBy(passed));
        long minutes = Math.min(passed, MOST_MINUTES);
        List<Alarm> changes = new ArrayList<>();
        growths.forEach((trouble, growth) -> {
            boolean before = growth.isRaised();
            takeIn(trouble, growth, minutes);
            if (growth.isRaised() != before) {
                since.putIfAbsent(trouble, now);
                changes.add(alarm(trouble, growth));
                if (!growth.isRaised()) {
                    since.remove(trouble);
                }
            }
        });
        return changes;
    }

    /** Of several minutes nobody knows how often it was in each. */
    private void takeIn(Trouble trouble, GrowthAlarm growth, long passed) {
        long total = counts.total(trouble);
        long more = total - totals.getOrDefault(trouble, 0L);
        totals.put(trouble, total);
        for (long minute = 0; minute < passed; minute++) {
            boolean isLast = minute == passed - 1;
            growth.minute(more / passed + (isLast ? more % passed : 0));
        }
    }

    private Alarm alarm(Trouble trouble, GrowthAlarm growth) {
        return new Alarm(
                trouble,
                growth.isRaised(),
                since.getOrDefault(trouble, looked),
                growth.recent(),
                Math.round(growth.usual()),
                factor,
                growth.goesOn());
    }

    /** Those that are raised. */
    public synchronized List<Alarm> raised() {
        List<Alarm> raised = new ArrayList<>();
        growths.forEach((trouble, growth) -> {
            if (growth.isRaised()) {
                raised.add(alarm(trouble, growth));
            }
        });
        return raised;
    }

    /** Whether this one is. */
    public synchronized boolean isRaised(Trouble trouble) {
        GrowthAlarm growth = growths.get(trouble);
        return growth != null && growth.isRaised();
    }
}
