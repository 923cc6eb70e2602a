package dev.provhub.emulator;

import dev.provhub.emulator.transport.ConnectVia;
import dev.provhub.emulator.transport.Fetcher;
import dev.provhub.emulator.transport.NetworkTimeouts;
import dev.provhub.emulator.transport.PhoneTls;
import dev.provhub.emulator.transport.TlsIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A phone in factory state, with its plug in the wall once {@link #start()} is called.
 *
 * <p>It lives on the threads of its clock and has none of its own. All methods may be called from any thread.
 */
public final class VirtualPhone implements AutoCloseable {
    /** The network does not run faster because the phone's clock does: no timeout gets shorter than this. */
    private static final Duration SHORTEST_CONNECT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_READ = Duration.ofSeconds(15);

    private final PhoneIdentity identity;
    private final PhoneMemory memory;
    private final PhoneListener listener;
    private final Fetcher fetcher;
    private final PhoneLife life;
    private final OneAtATime jobs = new OneAtATime();
    private final PhoneClock clock;
    private final Object changed = new Object();
    private boolean started;
    private volatile boolean closed;

    private VirtualPhone(Builder given) {
        identity = given.identity;
        clock = given.clock;
        listener = given.listener;
        memory = new PhoneMemory(identity);
        PhoneModel model = identity.model();
        PhoneTls tls = new PhoneTls(model.tls(), given.certificate, given.trusted, clock::instant);
        PhoneFacts facts = new PhoneFacts(identity, memory, tls.hasIdentity());
        fetcher = new Fetcher(tls, given.via, timeouts(clock));
        Downloads downloads = new Downloads(model, memory.parameters(), facts, fetcher, this::tell);
        Workshop workshop = new Workshop(model, memory, facts, downloads, this::tell);
        ServerDiscovery discovery = new ServerDiscovery(model.family(), given.dhcp, facts);
        Resync resync = new Resync(workshop, discovery, new CustomCa(workshop, tls));
        life = new PhoneLife(workshop, resync, clock, given.random, jobs);
    }

    private static NetworkTimeouts timeouts(PhoneClock clock) {
        NetworkTimeouts phone = NetworkTimeouts.OF_A_PHONE;
        return new NetworkTimeouts(
                longer(clock.real(phone.connect()), SHORTEST_CONNECT), longer(clock.real(phone.read()), SHORTEST_READ));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Begins a phone of this identity. */
    public static Builder builder(PhoneIdentity identity, PhoneClock clock) {
        return new Builder(identity, clock);
    }

    /**
     * Switches it on. Returns at once.
     *
     * @throws IllegalStateException when it has been started before
     */
    public void start() {
        synchronized (changed) {
            if (started) {
                throw new IllegalStateException("phone " + identity.mac() + " has been started already");
            }
            started = true;
        }
        later(life::powerOn);
    }

    /** Has it resync now, as its web page or a NOTIFY would. Returns at once. */
    public void resync() {
        later(() -> life.resync(ResyncReason.EXPLICIT));
    }

    private void later(Runnable job) {
        clock.after(
                Duration.ZERO,
                () -> jobs.run(() -> {
                    if (!closed) {
                        job.run();
                    }
                }));
    }

    /** Pulls the plug: what it is fetching breaks off, its timers are gone, its listener hears nothing more. */
    @Override
    public void close() {
        closed = true;
        life.switchOff();
        fetcher.close();
        signal();
    }

    /** Who it is. */
    public PhoneIdentity identity() {
        return identity;
    }

    /** A parameter's present value; empty when it was never set. May be a secret. */
    public String parameter(String name) {
        return memory.parameters().get(name);
    }

    /** {@code $SWVER}. */
    public String softwareVersion() {
        return memory.softwareVersion();
    }

    /** Whether the last profile that {@code Profile_Rule} brought was encrypted and has been opened. */
    public boolean isSecured() {
        return memory.secured();
    }

    /**
     * Waits until something holds. The condition is looked at now and after each event.
     *
     * @param timeout in real time
     * @return false when the time is over or the phone is closed before
     */
    public boolean awaitUntil(Predicate<VirtualPhone> condition, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (changed) {
            while (!condition.test(this)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0 || closed) {
                    return false;
                }
                changed.wait(left);
            }
            return true;
        }
    }

    private void tell(PhoneEvent event) {
        if (closed) {
            return;
        }
        try {
            listener.heard(this, event);
        } finally {
            signal();
        }
    }

    private void signal() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    @Override
    public String toString() {
        return "VirtualPhone[" + identity.mac() + " " + identity.model() + " " + softwareVersion() + "]";
    }

    /** What a phone may be given besides its identity. */
    public static final class Builder {
        private final PhoneIdentity identity;
        private final PhoneClock clock;
        private DhcpOptions dhcp = DhcpOptions.NONE;
        private @Nullable TlsIdentity certificate;
        private List<X509Certificate> trusted = List.of();
        private ConnectVia via = ConnectVia.DIRECT;
        private PhoneListener listener = PhoneListener.SILENT;
        private RandomGenerator random;

        private Builder(PhoneIdentity identity, PhoneClock clock) {
            this.identity = identity;
            this.clock = clock;
            this.random = new Random(Long.parseLong(identity.mac(), 16));
        }

        /** What the house's DHCP server says; nothing by default. */
        public Builder dhcp(DhcpOptions options) {
            dhcp = options;
            return this;
        }

        /** Its own certificate; none by default. */
        public Builder certificate(TlsIdentity identity) {
            certificate = identity;
            return this;
        }

        /** The CAs built into its firmware; none by default. */
        public Builder trusting(Collection<X509Certificate> cas) {
            trusted = List.copyOf(cas);
            return this;
        }

        /** Leads its connections elsewhere; where the URLs say by default. */
        public Builder connectVia(ConnectVia hook) {
            via = hook;
            return this;
        }

        /** Who hears of it; nobody by default. */
        public Builder listener(PhoneListener someone) {
            listener = someone;
            return this;
        }

        /** Where its random delays come from; by default seeded with its MAC, so that runs can be repeated. */
        public Builder random(RandomGenerator source) {
            random = source;
            return this;
        }

        /** The phone, switched off. */
        public VirtualPhone build() {
            return new VirtualPhone(this);
        }
    }
}
