package dev.provhub.emulator.swarm;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;

/**
 * What came of a swarm.
 *
 * @param phones     how many there were
 * @param scenario   how they came
 * @param seconds    from the first to the end, in real time
 * @param arrived    phones that reached the goal
 * @param wrong      phones that reached it and hold something else than they must
 * @param wrongWhere an example of each parameter that is wrong, without its value
 * @param firmware   how many phones run what at the end, by model and version
 * @param resyncs    resyncs that succeeded
 * @param retries    resyncs that the error list started
 * @param upgrades   images flashed
 * @param arrival    from being switched on to the goal, in real time
 * @param traffic    by transport and kind
 * @param errors     most frequent first
 * @param cost       of playing the phones
 */
public record SwarmReport(
        int phones,
        String scenario,
        double seconds,
        int arrived,
        int wrong,
        List<String> wrongWhere,
        Map<String, Integer> firmware,
        long resyncs,
        long retries,
        long upgrades,
        Spread arrival,
        List<Row> traffic,
        List<Trouble> errors,
        OwnCost.Figures cost) {
    /** Copies them. */
    public SwarmReport {
        wrongWhere = List.copyOf(wrongWhere);
        firmware = Collections.unmodifiableMap(new TreeMap<>(firmware));
        traffic = List.copyOf(traffic);
        errors = List.copyOf(errors);
    }

    /** Whether each phone has reached the goal and holds what it must. */
    public boolean isGood() {
        return arrived == phones && wrong == 0;
    }

    /**
     * Requests of one transport and kind.
     *
     * @param kind     {@code profile}, {@code firmware}, {@code ca}
     * @param requests all
     * @param good     those that brought a body
     * @param bytes    of bodies
     */
    public record Row(String transport, String kind, long requests, long good, long bytes, Spread latency) {}

    /** Times in milliseconds. */
    public record Spread(double p50, double p95, double p99, double max) {
        private static final double MICROS = 1000.0;

        static Spread ofMicros(AbstractHistogram micros) {
            return new Spread(
                    micros.getValueAtPercentile(50) / MICROS,
                    micros.getValueAtPercentile(95) / MICROS,
                    micros.getValueAtPercentile(99) / MICROS,
                    micros.getMaxValue() / MICROS);
        }
    }

    /** How often something went wrong. */
    public record Trouble(String reason, long count) {}
}
