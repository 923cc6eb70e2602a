package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneClock;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.transport.PhoneNetwork;
import dev.provhub.emulator.transport.TlsIdentity;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The demo's phones, switched on together. */
final class DemoFleetRun implements AutoCloseable {
    static final int PHONE_SECONDS_PER_SECOND = 60;

    private static final int NETWORK_THREADS = 2;
    private static final int POLL_MILLIS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final PhoneNetwork network = PhoneNetwork.open(NETWORK_THREADS);
    private final List<DemoPhone> watched = new ArrayList<>();
    private final List<VirtualPhone> phones = new ArrayList<>();

    DemoFleetRun(DemoFleet fleet, RunningHub hub, Clock clock) throws IOException {
        HubCertificates certificates =
                DeviceCertificates.open(hub.config().folders().data(), clock);
        PhoneClock phoneClock = PhoneClock.scaled(timers, clock, PHONE_SECONDS_PER_SECOND);
        for (DemoFleet.Member member : fleet.phones()) {
            PhoneModel model = modelOf(member);
            DemoPhone phone = new DemoPhone(member, model.tls());
            KeyAndChain own = certificates.issueDevice(member.mac(), member.serial(), model.productNumber());
            String dhcp = member.dhcp().equals("tftp")
                    ? hub.publicAddresses().tftp()
                    : hub.publicAddresses().http();
            watched.add(phone);
            phones.add(VirtualPhone.builder(
                            new PhoneIdentity(model, member.mac().hex(), member.serial(), member.before()),
                            phoneClock,
                            network)
                    .dhcp(DhcpOptions.tftpServerName(dhcp))
                    .certificate(new TlsIdentity(own.key(), own.chain()))
                    .trusting(List.of(certificates.authority()))
                    .listener((device, event) -> tell(phone.hear(event)))
                    .build());
        }
        phones.forEach(VirtualPhone::start);
    }

    private static PhoneModel modelOf(DemoFleet.Member member) {
        return PhoneModel.named(member.model())
                .orElseThrow(() -> new IllegalStateException("no virtual phone of model " + member.model()));
    }

    private static void tell(String news) {
        if (!news.isEmpty()) {
            System.out.println(news);
        }
    }

    /** Waits until each phone went all the way and the hub has seen it; false when one did not in time. */
    boolean awaitAll(AdministrationClient client, Duration patience) throws InterruptedException, IOException {
        long until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until) {
            for (DemoPhone phone : watched) {
                if (!phone.hasArrived() && phone.isThrough() && hubHasSeen(phone.member(), client)) {
                    phone.arrive();
                }
            }
            if (watched.stream().allMatch(DemoPhone::hasArrived)) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    /** The device has brought back the revision of its order, and the version it was to run. */
    private static boolean hubHasSeen(DemoFleet.Member member, AdministrationClient client) throws IOException {
        AdministrationClient.Answer answer = client.get("/api/v1/devices/" + member.mac());
        JsonNode device = JSON.readTree(answer.body());
        return device.path("state").asText().equals("SECURED")
                && device.path("appliedRevision")
                        .asText()
                        .startsWith(device.path("revision").asText() + ".")
                && device.path("runningVersion").asText().endsWith(member.after());
    }

    List<DemoPhone.Row> rows() {
        return watched.stream().map(DemoPhone::row).toList();
    }

    @Override
    public void close() {
        phones.forEach(VirtualPhone::close);
        timers.shutdownNow();
        network.close();
    }
}
