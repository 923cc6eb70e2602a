package dev.provhub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processor time of this process by what its threads are for, as Linux counts it; empty elsewhere. */
record ProcessorTime(Map<String, Long> millis) {
    private static final Path THREADS = Path.of("/proc/self/task");
    /** Linux counts in hundredths of a second. */
    private static final long MILLIS_OF_A_TICK = 10;

    static ProcessorTime now() {
        if (!Files.isDirectory(THREADS)) {
            return new ProcessorTime(Map.of());
        }
        Map<String, Long> millis = new TreeMap<>();
        try (Stream<Path> threads = Files.list(THREADS)) {
            threads.forEach(thread -> count(thread.resolve("stat"), millis));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessorTime(millis);
    }

    private static void count(Path stat, Map<String, Long> millis) {
        try {
            String line = Files.readString(stat);
            String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
            List<String> rest =
                    List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = Long.parseLong(rest.get(11)) + Long.parseLong(rest.get(12));
            millis.merge(purpose(name), ticks * MILLIS_OF_A_TICK, Long::sum);
        } catch (IOException e) {
            // A thread that ended since it was listed
        }
    }

    private static String purpose(String thread) {
        if (thread.contains("CompilerThre")) {
            return "compiling";
        }
        if (thread.startsWith("GC ") || thread.startsWith("G1 ") || thread.startsWith("VM ")) {
            return "gc and vm";
        }
        if (thread.startsWith("HttpClient") || thread.equals("main") || thread.contains("OrderBench")) {
            return "client";
        }
        if (thread.startsWith("qtp")) {
            return "answering";
        }
        return thread.startsWith("H2") || thread.startsWith("MVStore") ? "writing" : "else";
    }

    /** For each purpose, milliseconds for each of so many since an earlier moment. */
    String since(ProcessorTime before, int count) {
        return millis.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        entry.getKey(),
                        (entry.getValue() - before.millis.getOrDefault(entry.getKey(), 0L)) / (double) count))
                .collect(Collectors.joining(", "));
    }
}
