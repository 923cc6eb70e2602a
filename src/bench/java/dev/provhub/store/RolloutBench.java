package dev.provhub.store;

import dev.provhub.SettableClock;
import dev.provhub.rollout.Rollout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A rollout of 100,000 devices: how long it takes to begin, to go on to the next group, to look at it when nothing is to be done, and
 * what a poll costs of a device that has nothing to do with any. Prints each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class RolloutBench {
    private static final int DEVICES = 100_000;
    private static final int AT_ONCE = 5_000;
    private static final int POLLS = 20_000;

    @Param({"H2", "POSTGRES"})
    public Engine engine;

    private RolloutSite site;

    /** Fills the database. */
    @Setup
    public void fill() throws Exception {
        Path folder = Files.createTempDirectory("rollout");
        site = new RolloutSite(engine.open(folder), new SettableClock(RolloutSite.TEN), false);
        for (int first = 0; first < DEVICES; first += AT_ONCE) {
            site.with(first, AT_ONCE, "7.5.2b", null);
        }
    }

    @TearDown
    public void close() {
        site.close();
    }

    /** The whole way. */
    @Benchmark
    public Rollout rollout() {
        polls("with no rollout");
        Rollout rollout = site.create(",\"groups\":[\"1000\",\"50000\"],\"filter\":\"mac<000e0801869f\",\"sample\":1");
        time("begin", site::turn);
        time("look, nothing to do", site::turn);
        polls("with a rollout that does not mean the device");
        arrived(rollout, 1);
        time("go on to group 2 (50,000)", site::turn);
        arrived(rollout, 2);
        time("go on to group 3 (48,999)", site::turn);
        time("look, nothing to do, 49,000 wait", site::turn);
        site.clock.forward(Duration.ofMinutes(1));
        time("look, all that wait are counted", site::turn);
        arrived(rollout, 3);
        time("finish", site::turn);
        waitAgain(rollout);
        site.clock.forward(Duration.ofMinutes(1));
        time("look at a finished one, for the 10,000 that wait", site::turn);
        time("look in the same minute", site::turn);
        Rollout lighter = site.create(",\"groups\":[\"50000\"],\"priority\":-1");
        time("begin another of lower priority", site::turn);
        time("show what it waits for", () -> site.desk.view(lighter.id()));
        return rollout;
    }

    private void waitAgain(Rollout rollout) {
        site.database.unitOfWork().run(() -> site.database
                .jdbc()
                .update(
                        "update rollout_device set state = 'waiting' where rollout_id = ? and mac < '000e08002710'",
                        Binder.of(rollout.id())));
    }

    private void arrived(Rollout rollout, int group) {
        site.database.unitOfWork().run(() -> site.database
                .jdbc()
                .update(
                        "update rollout_device set state = 'running' where rollout_id = ? and group_no = ?",
                        Binder.of(rollout.id(), group)));
    }

    private void time(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        print(what, (System.nanoTime() - begin) / 1e6, "ms");
    }

    /** The last device is in no rollout. */
    private void polls(String what) {
        for (int round = 0; round < 2; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < POLLS; i++) {
                site.polls(DEVICES - 1, "7.5.2b");
            }
            if (round == 1) {
                print("a poll " + what + ", with reading the device", (System.nanoTime() - begin) / 1e3 / POLLS, "µs");
            }
        }
    }

    private void print(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%s: %s: %.1f %s%n", engine, what, value, unit);
    }
}
