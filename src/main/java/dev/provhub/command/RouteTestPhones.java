package dev.provhub.command;

import dev.provhub.config.YamlNode;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneClock;
import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.transport.PhoneNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The phones of tests of routes. Each is switched on by the first step that names it and gets its own profile as a phone does: from
 * its default path to the key, and from there by the rule that it was given to its sealed profile, which it opens with its key. A
 * later step has it resync. No connection of theirs leaves this machine.
 */
final class RouteTestPhones implements AutoCloseable {
    static final Set<String> PHONE = Set.of("mac", "model", "serial", "firmware");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PHONE_SECONDS_PER_SECOND = 120;
    /** So often in a row a phone is refused before its test fails. */
    private static final int MOST_FAILURES = 3;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final RunningHub hub;
    private final Clock clock;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final PhoneNetwork network = PhoneNetwork.open(1);
    private final PhoneClock phoneClock;
    private final Map<MacAddress, Phone> phones = new HashMap<>();

    RouteTestPhones(RunningHub hub, Clock clock) {
        this.hub = hub;
        this.clock = clock;
        this.phoneClock = PhoneClock.scaled(timers, clock, PHONE_SECONDS_PER_SECOND);
    }

    /** One that is on. */
    static final class Phone {
        private final VirtualPhone itself;
        private int profiles;
        private int failures;
        private String trouble = "it has asked for nothing yet";

        private Phone(VirtualPhone.Builder builder) {
            this.itself = builder.listener((phone, event) -> hear(event)).build();
        }

        private synchronized void hear(PhoneEvent event) {
            if (event instanceof PhoneEvent.Resynced resync) {
                profiles += resync.sealed() ? 1 : 0;
                failures = 0;
                trouble = "the last file that it took was " + (resync.sealed() ? "sealed" : "in clear");
            } else if (event instanceof PhoneEvent.ResyncFailed failure) {
                failures++;
                trouble = failure.rule() + ": " + failure.error()
                        + (failure.detail().isEmpty() ? "" : " (" + failure.detail() + ")");
            }
        }

        private synchronized int profiles() {
            return profiles;
        }

        private synchronized boolean hasGivenUp() {
            return failures >= MOST_FAILURES;
        }

        /** What it holds; empty for a parameter that it does not have. */
        String parameter(String name) {
            return itself.parameter(name);
        }

        /** Why it has not got its profile. */
        synchronized String trouble() {
            return trouble;
        }
    }

    /**
     * Has a phone fetch its own profile.
     *
     * @return null when it has; else why not
     * @throws dev.provhub.config.IllegalConfigurationException when the step names no phone
     */
    @Nullable
    String fetch(YamlNode step) throws IOException, InterruptedException {
        MacAddress mac = MacAddress.parse(step.get("mac").text());
        Phone known = phones.get(mac);
        int before = known == null ? 0 : known.profiles();
        Phone phone = known == null ? switchOn(mac, step) : known;
        if (known != null) {
            phone.itself.resync();
        }
        phone.itself.awaitUntil(one -> phone.profiles() > before || phone.hasGivenUp(), PATIENCE);
        return phone.profiles() > before ? null : "the phone did not get its own profile: " + phone.trouble();
    }

    /** One that a step has named. */
    @Nullable
    Phone find(MacAddress mac) {
        return phones.get(mac);
    }

    private Phone switchOn(MacAddress mac, YamlNode step) throws IOException {
        String name = step.get("model").text();
        PhoneModel model = PhoneModel.named(name)
                .orElseThrow(() ->
                        step.problem("no virtual phone of model '" + name + "'; './hub phone --models' lists them"));
        PhoneIdentity identity = new PhoneIdentity(
                model,
                mac.hex(),
                step.findText("serial").orElse("VP" + mac.hex().substring(2).toUpperCase(Locale.ROOT)),
                step.findText("firmware").orElse(model.firstVersion()));
        PhoneCertificate own = PhoneCertificate.ofThisHub(hub.config().folders().data(), identity, clock);
        VirtualPhone.Builder builder = VirtualPhone.builder(identity, phoneClock, network)
                .dhcp(DhcpOptions.tftpServerName(hub.publicAddresses().http()))
                .connectVia(this::address)
                .trusting(own.trusted());
        if (own.own() != null) {
            builder.certificate(own.own());
        }
        Phone phone = new Phone(builder);
        phones.put(mac, phone);
        phone.itself.start();
        return phone;
    }

    /** A name that phones of the site are told is the test's hub here. */
    private @Nullable InetSocketAddress address(String host, int port) {
        if (host.equals("localhost") || host.startsWith("127.")) {
            return null;
        }
        int here = port == HTTP
                ? hub.config().listeners().http().port()
                : port == HTTPS ? hub.config().listeners().https().port() : port;
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), here);
    }

    @Override
    public void close() {
        phones.values().forEach(phone -> phone.itself.close());
        timers.shutdownNow();
        network.close();
    }
}
