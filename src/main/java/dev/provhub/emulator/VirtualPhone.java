package dev.provhub.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One phone, from power-on to power-off (protocol appendix B). Runs on the threads of its {@link PhoneClock}; its public
 * methods may be called from any thread.
 */
public final class VirtualPhone implements AutoCloseable {

    /** {@code $PRVST}: why a resync runs. */
    private static final int POWER_UP = 0;

    private static final int PERIODIC = 1;
    private static final int RETRY = 2;
    private static final int EXPLICIT = -1;
    private static final double RANDOM_DELAY_UNIT_SECONDS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(VirtualPhone.class);

    private final PhoneMemory memory;
    private final PhoneClock clock;
    private final PhoneRequests requests;
    private final Resync resync;
    private final Upgrade upgrade;
    private final PhoneListener listener;
    private final RandomGenerator random;
    private final boolean randomDelay;
    private final Object working = new Object();
    private final Object changes = new Object();
    private volatile boolean closed;
    private volatile Future<?> nextResync = CompletableFuture.completedFuture(null);
    private volatile Future<?> nextUpgrade = CompletableFuture.completedFuture(null);
    private int failures;
    private int successes;
    private int upgradeFailures;

    VirtualPhone(VirtualPhoneBuilder from) {
        this.clock = from.clock();
        this.memory = new PhoneMemory(from.identity(), from.startingVersion(), clock);
        this.listener = from.listener();
        this.random = from.random();
        this.randomDelay = from.randomDelay();
        TlsSockets tls = new TlsSockets(from.identity().model().tls(), from.tls());
        RuleEvaluator evaluator =
                new RuleEvaluator(memory, from.identity().model().family());
        this.requests = new PhoneRequests(memory, tls, from.connectVia(), this::happened);
        this.resync = new Resync(memory, from.dhcp(), requests, tls, evaluator, this::happened);
        this.upgrade = new Upgrade(memory, requests, evaluator, clock, this::happened);
    }

    /** A phone of that model, with settings to follow. */
    public static VirtualPhoneBuilder builder(PhoneModel model) {
        return new VirtualPhoneBuilder(model);
    }

    /** Switches the phone on; returns at once. */
    public void start() {
        if (memory.isYes("Resync_On_Reset")) {
            resyncAfter(bootDelay(), POWER_UP);
        }
    }

    /** Lets the phone resync now, as a press on its button does ({@code $PRVST} -1). */
    public void resyncNow() {
        resyncAfter(0, EXPLICIT);
    }

    /** Switches the phone off: no event comes after this, a request in progress is broken off. */
    @Override
    public void close() {
        closed = true;
        nextResync.cancel(false);
        nextUpgrade.cancel(false);
        requests.close();
    }

    /** 12 lower-case hex digits. */
    public String mac() {
        return memory.identity().mac();
    }

    public PhoneModel model() {
        return memory.identity().model();
    }

    /** The value of a parameter by its element name, secret registers among them; empty where nothing set it. */
    public Optional<String> parameter(String name) {
        return memory.find(name);
    }

    /** {@code $SWVER}. */
    public String softwareVersion() {
        return memory.softwareVersion();
    }

    /**
     * Waits until something holds of this phone.
     *
     * @param realTime at most so long, in real time
     * @return false if it did not hold in time
     */
    public boolean awaitUntil(Predicate<VirtualPhone> condition, Duration realTime) throws InterruptedException {
        long deadline = System.nanoTime() + realTime.toNanos();
        synchronized (changes) {
            while (!condition.test(this)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                // A parameter may also change between two events
                changes.wait(Math.min(left, 100));
            }
        }
        return true;
    }

    private double bootDelay() {
        if (!randomDelay) {
            return 0;
        }
        double units = DelayList.parse(memory.parameter("Resync_Random_Delay"), false)
                .seconds(0, random)
                .orElse(0.0);
        return random.nextDouble() * units * RANDOM_DELAY_UNIT_SECONDS;
    }

    private void resyncAfter(double phoneSeconds, int cause) {
        nextResync.cancel(false);
        nextResync = clock.after(phoneSeconds, () -> work(() -> resync(cause)));
        if (closed) {
            nextResync.cancel(false);
        }
    }

    private void work(Runnable task) {
        synchronized (working) {
            try {
                if (!closed) {
                    task.run();
                }
            } catch (RuntimeException e) {
                LOG.error("Virtual phone failed: mac={} model={}", mac(), model(), e);
            }
        }
    }

    private void resync(int cause) {
        if (!memory.isYes("Provision_Enable")) {
            return;
        }
        double startedAt = clock.seconds();
        memory.resyncCause(cause);
        try {
            resync.run();
            memory.resyncAttempted(startedAt);
            failures = 0;
            delay("Resync_Periodic", successes++).ifPresent(seconds -> resyncAfter(seconds, PERIODIC));
            upgrade(false);
        } catch (FetchException e) {
            memory.resyncAttempted(startedAt);
            successes = 0;
            delay("Resync_Error_Retry_Delay", failures++).ifPresent(seconds -> resyncAfter(seconds, RETRY));
            happened(new PhoneEvent.ResyncFailed(e.reason()));
        }
    }

    private void upgrade(boolean retry) {
        switch (upgrade.run(retry)) {
            case UPGRADED -> {
                upgradeFailures = 0;
                nextUpgrade.cancel(false);
                if (memory.isYes("Resync_After_Upgrade_Attempt")) {
                    resyncAfter(bootDelay(), POWER_UP);
                }
            }
            case FAILED -> delay("Upgrade_Error_Retry_Delay", upgradeFailures++).ifPresent(this::upgradeAfter);
            case NOTHING_TO_DO -> {}
        }
    }

    private void upgradeAfter(double phoneSeconds) {
        nextUpgrade.cancel(false);
        nextUpgrade = clock.after(phoneSeconds, () -> work(() -> upgrade(true)));
        if (closed) {
            nextUpgrade.cancel(false);
        }
    }

    private Optional<Double> delay(String parameter, int attempt) {
        boolean lists = model().family().hasDelayLists();
        return DelayList.parse(memory.parameter(parameter), lists).seconds(attempt, random);
    }

    private void happened(PhoneEvent event) {
        if (closed) {
            return;
        }
        listener.on(this, event);
        synchronized (changes) {
            changes.notifyAll();
        }
    }
}
