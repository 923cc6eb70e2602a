package dev.provhub.emulator.swarm;

import com.sun.management.OperatingSystemMXBean;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * What playing the phones costs this process, so that it is known when the swarm, and not the server, was the limit. The lag is
 * how late a thread of the network runs what was due: it is in every latency that the swarm has measured.
 */
public final class OwnCost {
    private static final long LOOK_MILLIS = 20;
    private static final double SWARM_IS_THE_LIMIT_AT = 0.7;
    private static final double MACHINE_IS_FULL_AT = 0.9;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long cpuNanos = system.getProcessCpuTime();
    private final long nanos = System.nanoTime();
    private final ConcurrentHistogram lagMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(10), 3);
    private double machineBusy;
    private int looks;

    /** Begins to look. */
    OwnCost(EventLoopGroup loops) {
        // The first answer of the machine's load is about nothing
        system.getCpuLoad();
        loops.forEach(this::look);
    }

    private void look(EventExecutor loop) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        loop.schedule(
                () -> {
                    lagMicros.recordValue(Math.max(
                            0, Math.min((System.nanoTime() - due) / 1000, lagMicros.getHighestTrackableValue())));
                    if (!loop.isShuttingDown()) {
                        look(loop);
                    }
                },
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Looks at the whole machine; about once a second. */
    synchronized void lookAtMachine() {
        machineBusy += Math.max(0, system.getCpuLoad());
        looks++;
    }

    /**
     * What it was.
     *
     * @param cores           this process has used on average
     * @param machineCores    there are
     * @param machineBusy     share of all cores that were busy, with everything that ran on this machine, 0 to 1
     * @param heapBytes       of each phone, after a collection
     * @param lagMillis       how late threads of the network ran
     * @param verdict         what was the limit, in words
     */
    public record Figures(
            double cores,
            int machineCores,
            double machineBusy,
            long heapBytes,
            SwarmReport.Spread lagMillis,
            String verdict) {}

    synchronized Figures figures(long heapBytesPerPhone) {
        double cores = (double) (system.getProcessCpuTime() - cpuNanos) / (System.nanoTime() - nanos);
        int all = Runtime.getRuntime().availableProcessors();
        double busy = looks == 0 ? 0 : machineBusy / looks;
        return new Figures(
                cores, all, busy, heapBytesPerPhone, SwarmReport.Spread.ofMicros(lagMicros), verdict(cores, all, busy));
    }

    private static String verdict(double cores, int all, double busy) {
        if (cores > SWARM_IS_THE_LIMIT_AT * all) {
            return "the swarm itself was the limit: use another machine for it, or fewer phones";
        }
        return busy > MACHINE_IS_FULL_AT
                ? "the machine was full: the swarm and the server shared it"
                : "neither the swarm nor the machine was the limit";
    }
}
