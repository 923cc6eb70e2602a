package dev.provhub.emulator.swarm;

import dev.provhub.emulator.PhoneClock;
import dev.provhub.emulator.PhoneState;
import dev.provhub.emulator.SharedFlash;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.transport.PhoneNetwork;
import dev.provhub.emulator.transport.TlsIdentity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Plays the phones of a plan, all in this process, on a few threads. Thread-safe. */
public final class Swarm implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final SwarmPlan plan;
    private final Predicate<VirtualPhone> goal;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final PhoneNetwork network;
    private final PhoneClock clock;
    private final Traffic traffic = new Traffic();
    private final List<SwarmPhone> phones = new ArrayList<>();
    private final LongAdder resyncs = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder upgrades = new LongAdder();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final ConcurrentHistogram arrivalMicros = new ConcurrentHistogram(TimeUnit.DAYS.toMicros(2), 3);
    private final OwnCost cost;
    private final long heapBefore;
    private final long startNanos;

    /**
     * What phones are given.
     *
     * @param certificates makes a phone's certificate, asked at each handshake; null for phones without
     * @param trusted      CAs built into their firmware
     * @param left         the state in which a phone was left, by MAC address; null for the factory's
     */
    public record Equipment(
            @Nullable Function<Member, TlsIdentity> certificates,
            Collection<X509Certificate> trusted,
            Function<String, @Nullable PhoneState> left) {}

    /**
     * Builds the phones, switched off.
     *
     * @param clock     for the date at the start
     * @param timeScale phone seconds in a real second, above 0
     * @param threads   of the network, 1 or more
     * @param goal      when a phone has come far enough; looked at after each resync
     */
    public Swarm(
            SwarmPlan plan,
            Equipment equipment,
            Clock clock,
            double timeScale,
            int threads,
            Predicate<VirtualPhone> goal) {
        this.plan = plan;
        this.goal = goal;
        this.network = PhoneNetwork.open(threads);
        this.clock = PhoneClock.scaled(timers, clock, timeScale);
        this.heapBefore = heap();
        SharedFlash flash = new SharedFlash();
        for (int number = 0; number < plan.phones(); number++) {
            SwarmPhone one = new SwarmPhone(plan.member(number), this);
            one.is(build(one, equipment, flash));
            phones.add(one);
        }
        this.cost = new OwnCost(network.loops());
        this.startNanos = System.nanoTime();
    }

    private VirtualPhone build(SwarmPhone one, Equipment equipment, SharedFlash flash) {
        Member member = one.member();
        VirtualPhone.Builder builder = VirtualPhone.builder(member.identity(), clock, network)
                .dhcp(member.kind().dhcp())
                .line(plan.quality())
                .wornOut(member.kind().wornOut())
                .trusting(equipment.trusted())
                .sharing(flash)
                .listener(one);
        Function<Member, TlsIdentity> certificates = equipment.certificates();
        if (certificates != null) {
            builder.certificate(() -> certificates.apply(member));
        }
        PhoneState state = equipment.left().apply(member.mac());
        if (state != null) {
            builder.state(state);
        }
        return builder.build();
    }

    /**
     * Has the phones come, and waits until each has reached the goal.
     *
     * @param patience in real time
     * @param progress hears how it stands, about once a second
     * @return whether all have
     */
    public boolean run(Duration patience, Progress progress) throws InterruptedException {
        Random random = new Random(plan.firstMac());
        double overMillis = plan.over().toMillis();
        for (SwarmPhone one : phones) {
            clock.after(Duration.ofMillis((long) (random.nextDouble() * overMillis)), () -> begin(one));
        }
        long end = System.nanoTime() + patience.toNanos();
        while (arrived.get() < plan.phones() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            cost.lookAtMachine();
            progress.at(begun.get(), arrived.get(), traffic.requests(), traffic.wrong());
        }
        return arrived.get() == plan.phones();
    }

    private void begin(SwarmPhone one) {
        one.begins();
        begun.incrementAndGet();
        if (plan.scenario().boots()) {
            one.phone().start();
        } else {
            one.phone().startRunning(Duration.ZERO);
        }
        SwarmPlan.Off off = one.member().kind().off();
        if (off != null) {
            clock.after(off.after(), () -> one.phone().powerCut(off.howLong()));
        }
    }

    /** Hears how a swarm stands. */
    @FunctionalInterface
    public interface Progress {
        /**
         * So many at this moment.
         *
         * @param begun    phones that have been switched on
         * @param arrived  phones that have reached the goal
         * @param requests answered or given up
         * @param errors   of any kind
         */
        void at(int begun, int arrived, long requests, long errors);
    }

    // What phones tell

    Traffic traffic() {
        return traffic;
    }

    Predicate<VirtualPhone> goal() {
        return goal;
    }

    void resynced() {
        resyncs.increment();
    }

    void tried() {
        retries.increment();
    }

    void upgraded() {
        upgrades.increment();
    }

    void arrived(long nanos) {
        arrivalMicros.recordValue(Math.min(nanos / 1000, arrivalMicros.getHighestTrackableValue()));
        arrived.incrementAndGet();
    }

    /** What came of it so far. Has the JVM collect its garbage, to know what a phone takes. */
    public SwarmReport report() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Map<String, Integer> wrong = new TreeMap<>();
        for (SwarmPhone one : phones) {
            if (one.hasArrived()) {
                one.wrong().ifPresent(parameter -> wrong.merge(parameter, 1, Integer::sum));
            }
        }
        OwnCost.Figures figures = cost.figures((heap() - heapBefore) / plan.phones());
        return new SwarmReport(
                plan.phones(),
                plan.scenario().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                seconds,
                arrived.get(),
                wrong.values().stream().mapToInt(Integer::intValue).sum(),
                wrong.entrySet().stream()
                        .map(entry -> entry.getKey() + " of " + entry.getValue())
                        .toList(),
                firmware(),
                resyncs.sum(),
                retries.sum(),
                upgrades.sum(),
                SwarmReport.Spread.ofMicros(arrivalMicros),
                traffic.rows(),
                traffic.errors(),
                figures);
    }

    private Map<String, Integer> firmware() {
        Map<String, Integer> running = new TreeMap<>();
        phones.forEach(one -> running.merge(
                one.member().kind().model().productNumber() + " " + one.phone().softwareVersion(), 1, Integer::sum));
        return running;
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The state of each phone, to be gone on from. Holds secrets. */
    public Stream<PhoneState> states() {
        return phones.stream().map(one -> one.phone().state());
    }

    @Override
    public void close() {
        phones.forEach(one -> one.phone().close());
        timers.shutdownNow();
        network.close();
    }
}
