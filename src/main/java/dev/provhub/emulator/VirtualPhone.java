package dev.provhub.emulator;

import dev.provhub.emulator.profile.AliasMap;
import dev.provhub.emulator.profile.CompiledProfiles;
import dev.provhub.emulator.profile.CorruptFileException;
import dev.provhub.emulator.profile.OpenedProfile;
import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.emulator.sip.NotifyListener;
import dev.provhub.emulator.transport.ConnectVia;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.Fetcher;
import dev.provhub.emulator.transport.LineQuality;
import dev.provhub.emulator.transport.NetworkTimeouts;
import dev.provhub.emulator.transport.PhoneLine;
import dev.provhub.emulator.transport.PhoneNetwork;
import dev.provhub.emulator.transport.PhoneTls;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.TlsIdentity;
import dev.provhub.emulator.web.PhonePages;
import dev.provhub.emulator.web.XmlObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A phone in factory state, or in the one that it was left in, with its plug in the wall once {@link #start()} is called.
 *
 * <p>It lives on the threads of its clock and of its network, never on two of them at once, and has none of its own. All methods
 * may be called from any thread; those that have it do something return at once.
 */
public final class VirtualPhone implements AutoCloseable {
    /** The network does not run faster because the phone's clock does: no timeout gets shorter than this. */
    private static final Duration SHORTEST_CONNECT = Duration.ofSeconds(5);

    private static final int LARGEST_OBJECT_BYTES = 64 << 10;
    private static final Duration SHORTEST_READ = Duration.ofSeconds(15);

    private final PhoneIdentity identity;
    private final PhoneMemory memory;
    private final PhoneListener listener;
    private final PhoneNetwork network;
    private final PhoneClock clock;
    private final PhoneLines lines;
    private final PhoneFacts facts;
    private final PhonePortrait portrait;
    private final Downloads downloads;
    private final Fetcher fetcher;
    private final PhoneLife life;
    private final CustomCa customCa;
    private final ProfileOpener opener;
    private final OneAtATime jobs = new OneAtATime();
    private final Object changed = new Object();
    private @Nullable PhonePages pages;
    private @Nullable NotifyListener ear;
    private boolean started;
    private volatile boolean closed;

    private VirtualPhone(Builder given) {
        identity = given.identity;
        clock = given.clock;
        network = given.network;
        listener = given.listener;
        PhoneModel model = identity.model();
        memory = new PhoneMemory(identity, given.shared.table(), given.wornOut);
        lines = new PhoneLines(clock);
        PhoneDate date = new PhoneDate(clock, memory.parameters(), given.firstDate);
        PhoneTls tls = new PhoneTls(model.tls(), given.certificate, given.trusted, given.shared.cas(), date::now);
        facts = new PhoneFacts(identity, memory, lines, tls.hasIdentity());
        portrait = new PhonePortrait(identity, memory, facts, clock, date);
        fetcher = new Fetcher(tls, new PhoneLine(network, given.via, timeouts(clock), given.quality, given.chance()));
        downloads = new Downloads(model, memory, facts, fetcher, jobs, this::tell);
        opener = new ProfileOpener(
                model.family().security().digests(),
                model.family().has(PhoneTrait.COMPILED_PROFILES) ? given.compiled : CompiledProfiles.CLOSED,
                identity.mac());
        Workshop workshop = new Workshop(
                identity,
                memory,
                facts,
                downloads,
                tls,
                opener,
                new SyslogSender(memory.parameters(), facts, network, this::tell),
                clock,
                date,
                given.random,
                this::tell);
        ServerDiscovery discovery = new ServerDiscovery(model.family(), given.dhcp, facts, memory.parameters());
        customCa = new CustomCa(workshop);
        RemoteCustomization customization = new RemoteCustomization(workshop, given.customizedBy);
        customization.reset();
        life = new PhoneLife(
                workshop,
                lines,
                new Resync(workshop, discovery, customCa),
                new Reports(workshop, portrait, discovery),
                customization,
                jobs);
        if (given.state != null) {
            restore(given.state);
        }
    }

    private static NetworkTimeouts timeouts(PhoneClock clock) {
        NetworkTimeouts phone = NetworkTimeouts.OF_A_PHONE;
        return new NetworkTimeouts(
                longer(clock.real(phone.connect()), SHORTEST_CONNECT), longer(clock.real(phone.read()), SHORTEST_READ));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Begins a phone of this identity.
     *
     * @param clock   may be shared
     * @param network may be shared
     */
    public static Builder builder(PhoneIdentity identity, PhoneClock clock, PhoneNetwork network) {
        return new Builder(identity, clock, network);
    }

    /**
     * Switches it on.
     *
     * @throws IllegalStateException when it has been started before
     */
    public void start() {
        begin(life::powerOn);
    }

    /**
     * Joins it when it has been on for long.
     *
     * @param nextResync when its timer will run out
     * @throws IllegalStateException when it has been started before
     */
    public void startRunning(Duration nextResync) {
        begin(() -> life.goOn(nextResync));
    }

    private void begin(Runnable first) {
        synchronized (changed) {
            if (started) {
                throw new IllegalStateException("phone " + identity.mac() + " has been started already");
            }
            started = true;
        }
        later(first);
    }

    /** Has it resync now, as its menu would. */
    public void resync() {
        later(() -> life.resync(ResyncReason.EXPLICIT));
    }

    /** Has it follow a rule that is not stored, as {@code /admin/resync?rule} would. */
    public void resync(String rule) {
        later(() -> life.resyncTo(rule));
    }

    /** Has it flash an image, as {@code /admin/upgrade?url} would. */
    public void upgrade(String url) {
        later(() -> life.upgradeTo(url));
    }

    /** Has it send its report. */
    public void report() {
        later(life::report);
    }

    /** Pulls the plug and puts it in again. */
    public void reboot() {
        later(() -> life.reboot("it was told to"));
    }

    /** Has it be without power for a time; it comes back by itself. */
    public void powerCut(Duration howLong) {
        later(() -> life.powerCut(howLong));
    }

    /** Has it forget all that it was given, as its menu would. */
    public void factoryReset() {
        later(life::factoryReset);
    }

    /** A line is in a call, or no longer. */
    public void call(boolean begins) {
        later(() -> life.call(begins));
    }

    /**
     * Its SIP registration is lost, or there again.
     *
     * @param line 1 or 2
     */
    public void registered(int line, boolean registered) {
        lines.registered(line, registered);
    }

    /**
     * Somebody sets a parameter at the phone itself.
     *
     * @return false when the model does not have it
     */
    public boolean set(String parameter, String value) {
        boolean known = memory.parameters().set(parameter, value);
        if (known) {
            later(() -> life.changedHere(parameter));
        }
        return known;
    }

    /**
     * Opens its web pages.
     *
     * @param address port 0 for any
     * @return where they are
     * @throws IOException when the address is taken
     */
    public InetSocketAddress openPages(InetSocketAddress address) throws IOException {
        pages = PhonePages.open(new PhoneFront(this), network, address);
        return pages.address();
    }

    /**
     * Opens its SIP port for NOTIFY, over UDP and TCP.
     *
     * @param address port 0 for any
     * @return where it listens
     * @throws IOException when the address is taken
     */
    public InetSocketAddress openEar(InetSocketAddress address) throws IOException {
        ear = NotifyListener.open(new PhoneFront(this), network, address);
        return ear.address();
    }

    void later(Runnable job) {
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
        if (pages != null) {
            pages.close();
        }
        if (ear != null) {
            ear.close();
        }
        life.switchOff();
        downloads.close();
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

    /** What the user's account may do with a parameter: {@code na}, {@code ro}, {@code rw}; empty as the factory made it. */
    public String access(String name) {
        return memory.parameters().access(name).text();
    }

    /** {@code $SWVER}. */
    public String softwareVersion() {
        return memory.softwareVersion();
    }

    /** Whether the last profile that {@code Profile_Rule} brought was encrypted and has been opened. */
    public boolean isSecured() {
        return memory.secured();
    }

    /** How far remote customization has come. */
    public Customization customization() {
        return memory.customization();
    }

    /** All that it would keep without power. Holds secrets. */
    public PhoneState state() {
        return new PhoneState(
                identity.model().productNumber(),
                identity.mac(),
                identity.serial(),
                memory.softwareVersion(),
                memory.secured(),
                memory.customization(),
                memory.upgradedFrom(),
                memory.parameters().given(),
                memory.parameters().marks());
    }

    private void restore(PhoneState state) {
        memory.restore(state.softwareVersion(), state.secured(), state.customization(), state.upgradedFrom());
        memory.parameters().restore(state.parameters(), state.access());
    }

    // For its pages and its ear

    PhonePortrait portrait() {
        return portrait;
    }

    Map<String, String> marks() {
        return memory.parameters().marks();
    }

    Parameters parameters() {
        return memory.parameters();
    }

    void updateCa(String url) {
        later(() -> customCa.fetch(facts.expand(url), () -> {
            // Its success or failure was told already
        }));
    }

    /** Fetches an XML object and does what it says, if it is a resync. */
    void fetchXmlObject(PhoneUrl url) {
        later(() -> downloads.fetch(downloads.request(url, LARGEST_OBJECT_BYTES), "XML-Service", result -> {
            if (result instanceof FetchResult.Body body) {
                XmlObject.resyncRule(new String(body.bytes(), StandardCharsets.UTF_8))
                        .ifPresent(life::resyncTo);
            }
        }));
    }

    /** Applies a profile that was posted to its pages. */
    boolean apply(byte[] body) {
        try {
            OpenedProfile profile = opener.open(body, new ProfileOpener.Terms("", null, null, AliasMap.NONE));
            Parameters.Applied applied = memory.parameters().apply(profile.settings());
            later(() -> applied.changed().forEach(life::changedHere));
            return true;
        } catch (CorruptFileException e) {
            return false;
        }
    }

    /** Nothing is on its way and nothing is being looked at; a timer may be armed. */
    boolean isAtRest() {
        return !downloads.isBusy() && jobs.isEmpty();
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

    void tell(PhoneEvent event) {
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
        private final PhoneNetwork network;
        private SharedFlash shared = new SharedFlash();
        private DhcpOptions dhcp = DhcpOptions.NONE;
        private @Nullable Supplier<TlsIdentity> certificate;
        private List<X509Certificate> trusted = List.of();
        private ConnectVia via = ConnectVia.DIRECT;
        private LineQuality quality = LineQuality.PERFECT;
        private CompiledProfiles compiled = CompiledProfiles.CLOSED;
        private @Nullable String customizedBy;
        private @Nullable PhoneState state;
        private boolean wornOut;
        private @Nullable Instant firstDate;
        private PhoneListener listener = PhoneListener.SILENT;
        private RandomGenerator random;

        private Builder(PhoneIdentity identity, PhoneClock clock, PhoneNetwork network) {
            this.identity = identity;
            this.clock = clock;
            this.network = network;
            this.random = new Random(Long.parseLong(identity.mac(), 16));
        }

        /** What the house's DHCP server says; nothing by default. */
        public Builder dhcp(DhcpOptions options) {
            dhcp = options;
            return this;
        }

        /** Its own certificate; none by default. */
        public Builder certificate(TlsIdentity own) {
            certificate = () -> own;
            return this;
        }

        /** Its own certificate, asked for at each handshake. */
        public Builder certificate(Supplier<TlsIdentity> own) {
            certificate = own;
            return this;
        }

        /** The CAs built into its firmware; none by default. */
        public Builder trusting(Collection<X509Certificate> cas) {
            trusted = List.copyOf(cas);
            return this;
        }

        /** The date that it believes in until it has a time server; the clock's by default. */
        public Builder believing(Instant date) {
            firstDate = date;
            return this;
        }

        /** Leads its connections elsewhere; where the URLs say by default. */
        public Builder connectVia(ConnectVia hook) {
            via = hook;
            return this;
        }

        /** How bad its line is; perfect by default. */
        public Builder line(LineQuality lineQuality) {
            quality = lineQuality;
            return this;
        }

        /** Opens compiled profiles for it; nothing does by default. */
        public Builder targetedWith(CompiledProfiles program) {
            compiled = program;
            return this;
        }

        /**
         * Makes it a remotely customized unit.
         *
         * @param url of the vendor's server, with macros
         */
        public Builder customizedBy(String url) {
            customizedBy = url;
            return this;
        }

        /** The state in which it was left; the factory's by default. */
        public Builder state(PhoneState left) {
            state = left;
            return this;
        }

        /** Its flash memory keeps settings but takes no firmware any more; sound by default. */
        public Builder wornOut(boolean isWornOut) {
            wornOut = isWornOut;
            return this;
        }

        /** Takes less room together with other phones; alone by default. */
        public Builder sharing(SharedFlash flash) {
            shared = flash;
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

        /** Of its own, so that delays do not depend on the number of packets. */
        private RandomGenerator chance() {
            return quality.equals(LineQuality.PERFECT) ? random : new Random(Long.parseLong(identity.mac(), 16));
        }

        /** The phone, switched off. */
        public VirtualPhone build() {
            return new VirtualPhone(this);
        }
    }
}
