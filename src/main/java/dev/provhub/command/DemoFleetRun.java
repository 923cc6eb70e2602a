package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.PhoneThreads;
import dev.provhub.emulator.PhoneTls;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The demo's phones, switched on together. */
final class DemoFleetRun implements AutoCloseable {
    static final int PHONE_SECONDS_PER_SECOND = 60;

    private static final int WORKERS = 6;
    private static final int POLL_MILLIS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PhoneThreads threads = new PhoneThreads(WORKERS);
    private final List<DemoPhone> watched = new ArrayList<>();
    private final List<VirtualPhone> phones = new ArrayList<>();

    DemoFleetRun(DemoFleet fleet, RunningHub hub, Clock clock) throws IOException, GeneralSecurityException {
        HubCertificates certificates =
                DeviceCertificates.open(hub.config().folders().data(), clock);
        for (DemoFleet.Member member : fleet.phones()) {
            DemoPhone phone = new DemoPhone(member);
            watched.add(phone);
            phones.add(VirtualPhone.builder(PhoneModel.named(member.model()))
                    .mac(member.mac().hex())
                    .serial(member.serial())
                    .softwareVersion(member.before())
                    .dhcpOption(
                            member.dhcp().equals("tftp")
                                    ? hub.publicAddresses().tftp()
                                    : hub.publicAddresses().http())
                    .tls(tlsOf(member, certificates))
                    .clock(threads.clock(PHONE_SECONDS_PER_SECOND))
                    .listener((device, event) -> tell(phone.hear(event)))
                    .build());
        }
        phones.forEach(VirtualPhone::start);
    }

    /** As the vendor makes it: a certificate with MAC and serial, and the CA that signed the server's. */
    private static PhoneTls tlsOf(DemoFleet.Member member, HubCertificates certificates)
            throws GeneralSecurityException, IOException {
        PhoneModel model = PhoneModel.named(member.model());
        KeyAndChain own = certificates.issueDevice(member.mac(), member.serial(), model.productName());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("device", own.key(), new char[0], own.chain().toArray(Certificate[]::new));
        return PhoneTls.of(List.of(certificates.authority()), keys, new char[0]);
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
        threads.close();
    }
}
