package dev.provhub.command;

import dev.provhub.emulator.swarm.OwnCost;
import dev.provhub.emulator.swarm.SwarmReport;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A swarm's report, for people. */
final class SwarmTable {
    private static final int MOST_ERRORS = 12;

    private SwarmTable() {}

    static String of(SwarmReport report) {
        StringBuilder text = new StringBuilder();
        text.append(line(
                "%d phones, %s: %d arrived in %.1f s, %d hold something else than they must%s%n",
                report.phones(),
                report.scenario(),
                report.arrived(),
                report.seconds(),
                report.wrong(),
                report.wrongWhere().isEmpty() ? "" : " (" + String.join(", ", report.wrongWhere()) + ")"));
        text.append(
                line("%d resyncs, %d retries, %d upgrades%n", report.resyncs(), report.retries(), report.upgrades()));
        report.firmware().forEach((running, phones) -> text.append(line("%6d run %s%n", phones, running)));
        text.append(System.lineSeparator());
        Stream<List<String>> rows = report.traffic().stream().map(SwarmTable::row);
        text.append(TextTable.of(
                        List.of("transport", "kind", "requests", "good", "MiB", "p50 ms", "p95 ms", "p99 ms", "max ms"),
                        rows.toList()))
                .append(System.lineSeparator());
        SwarmReport.Spread arrival = report.arrival();
        text.append(line(
                "switched on to arrived: p50 %.1f s, p95 %.1f s, p99 %.1f s, max %.1f s%n",
                arrival.p50() / 1000, arrival.p95() / 1000, arrival.p99() / 1000, arrival.max() / 1000));
        report.errors().stream()
                .limit(MOST_ERRORS)
                .forEach(error -> text.append(line("  %d x %s%n", error.count(), error.reason())));
        OwnCost.Figures cost = report.cost();
        text.append(line(
                "the swarm: %.2f of %d cores (machine %.0f %% busy), %.1f KiB heap a phone, late by p99 %.1f ms: %s%n",
                cost.cores(),
                cost.machineCores(),
                cost.machineBusy() * 100,
                cost.heapBytes() / 1024.0,
                cost.lagMillis().p99(),
                cost.verdict()));
        return text.toString();
    }

    private static List<String> row(SwarmReport.Row row) {
        SwarmReport.Spread latency = row.latency();
        return List.of(
                row.transport(),
                row.kind(),
                Long.toString(row.requests()),
                Long.toString(row.good()),
                line("%.1f", row.bytes() / 1048576.0),
                line("%.1f", latency.p50()),
                line("%.1f", latency.p95()),
                line("%.1f", latency.p99()),
                line("%.1f", latency.max()));
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
