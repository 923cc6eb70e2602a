package dev.provhub.emulator.swarm;

import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.transport.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts what goes over the wire, by transport and kind, and what goes wrong, by reason. Thread-safe. */
final class Traffic {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final int DIGITS = 3;

    private final Map<Path, Counts> paths = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

    private record Path(Scheme transport, String kind) implements Comparable<Path> {
        @Override
        public int compareTo(Path other) {
            int order = transport.compareTo(other.transport);
            return order != 0 ? order : kind.compareTo(other.kind);
        }
    }

    private static final class Counts {
        private final LongAdder good = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    }

    void count(PhoneEvent.Answered answered) {
        Counts counts =
                paths.computeIfAbsent(new Path(answered.transport(), kind(answered.why())), fresh -> new Counts());
        counts.micros.recordValue(Math.min(LONGEST_MICROS, answered.took().toNanos() / 1000));
        counts.bytes.add(answered.bytes());
        if (answered.error().isEmpty()) {
            counts.good.increment();
        } else {
            failed(answered.error());
        }
    }

    void failed(String reason) {
        errors.computeIfAbsent(reason, fresh -> new LongAdder()).increment();
    }

    private static String kind(String why) {
        if (why.startsWith("Profile_Rule") || why.equals("resync URL")) {
            return "profile";
        }
        return why.equals("Upgrade_Rule") || why.equals("upgrade URL")
                ? "firmware"
                : why.startsWith("Custom_CA") ? "ca" : why.toLowerCase(Locale.ROOT);
    }

    long requests() {
        return paths.values().stream()
                .mapToLong(counts -> counts.micros.getTotalCount())
                .sum();
    }

    long wrong() {
        return errors.values().stream().mapToLong(LongAdder::sum).sum();
    }

    List<SwarmReport.Row> rows() {
        List<SwarmReport.Row> rows = new ArrayList<>();
        paths.forEach((path, counts) -> rows.add(new SwarmReport.Row(
                path.transport().text(),
                path.kind(),
                counts.micros.getTotalCount(),
                counts.good.sum(),
                counts.bytes.sum(),
                SwarmReport.Spread.ofMicros(counts.micros))));
        return rows;
    }

    /** Most frequent first. */
    List<SwarmReport.Trouble> errors() {
        return errors.entrySet().stream()
                .map(entry ->
                        new SwarmReport.Trouble(entry.getKey(), entry.getValue().sum()))
                .sorted((left, right) -> Long.compare(right.count(), left.count()))
                .toList();
    }
}
