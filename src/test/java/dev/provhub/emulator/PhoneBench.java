package dev.provhub.emulator;

import dev.provhub.emulator.transport.PhoneNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** What a phone needs around it: time, a network, a server of files, and somebody who hears what it tells. */
final class PhoneBench implements AutoCloseable {
    static final String MAC = "000e08aabbcc";
    static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

    private final HandClock clock;
    private final PhoneNetwork network = PhoneNetwork.open(1);
    private final List<PhoneEvent> events = new CopyOnWriteArrayList<>();
    private final List<VirtualPhone> phones = new ArrayList<>();
    private final ProvisioningServer server;

    PhoneBench() {
        this(1);
    }

    /** @param networkScale as for {@link HandClock} */
    PhoneBench(int networkScale) {
        clock = new HandClock(networkScale);
        try {
            server = new ProvisioningServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProvisioningServer server() {
        return server;
    }

    HandClock clock() {
        return clock;
    }

    /** Of serial CCQ162306EA, with the server's URL in option 66; switched on. */
    VirtualPhone phone(PhoneModel model, String version) {
        return phone(model, version, builder -> builder);
    }

    /** The same with something else about it. */
    VirtualPhone phone(PhoneModel model, String version, UnaryOperator<VirtualPhone.Builder> more) {
        VirtualPhone phone = more.apply(builder(model, version)).build();
        phones.add(phone);
        clock.watch(phone).start();
        return phone;
    }

    /** One that has been on for long and resyncs after this. */
    VirtualPhone running(PhoneModel model, PhoneState state, Duration nextResync) {
        VirtualPhone phone =
                builder(model, state.softwareVersion()).state(state).build();
        phones.add(phone);
        clock.watch(phone).startRunning(nextResync);
        return phone;
    }

    private VirtualPhone.Builder builder(PhoneModel model, String version) {
        return VirtualPhone.builder(new PhoneIdentity(model, MAC, "CCQ162306EA", version), clock, network)
                .dhcp(DhcpOptions.tftpServerName(server.url()))
                .listener((who, event) -> events.add(event));
    }

    /** Lets a time pass. */
    void pass(Duration time) {
        clock.pass(time);
    }

    /** Lets seconds pass. */
    void pass(long seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }

    List<PhoneEvent> events() {
        return events;
    }

    <E extends PhoneEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Reasons of all resyncs that went well. */
    List<ResyncReason> resyncs() {
        return events(PhoneEvent.ResyncFinished.class).stream()
                .map(PhoneEvent.ResyncFinished::reason)
                .toList();
    }

    @Override
    public void close() {
        phones.forEach(VirtualPhone::close);
        server.close();
        network.close();
    }
}
