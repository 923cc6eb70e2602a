package dev.provhub;

import dev.provhub.device.MacAddress;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;

/** A virtual phone of a hub under test; a second of ours is a minute of its own. */
final class PhoneUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SPEED = 60;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final PhoneNetwork network = PhoneNetwork.open(1);
    private final VirtualPhone phone;

    private PhoneUnderTest(HubUnderTest hub, MacAddress mac, String modelName, String serial) throws IOException {
        HubCertificates certificates = HubCertificates.open(
                hub.config().folders().data().resolve("certs"), Clock.systemUTC(), new SecureRandom());
        PhoneModel model = PhoneModel.named(modelName).orElseThrow();
        KeyAndChain own = certificates.issueDevice(mac, serial, model.productNumber());
        phone = VirtualPhone.builder(
                        new PhoneIdentity(model, mac.hex(), serial, "7.6.2g"),
                        PhoneClock.scaled(timers, Clock.systemUTC(), SPEED),
                        network)
                .dhcp(DhcpOptions.tftpServerName(hub.hub().publicAddresses().http()))
                .certificate(new TlsIdentity(own.key(), own.chain()))
                .trusting(List.of(certificates.authority()))
                .build();
    }

    static PhoneUnderTest boot(HubUnderTest hub, MacAddress mac, String model, String serial) throws IOException {
        PhoneUnderTest phone = new PhoneUnderTest(hub, mac, model, serial);
        phone.phone.start();
        return phone;
    }

    String parameter(String name) {
        return phone.parameter(name);
    }

    void resync() {
        phone.resync();
    }

    boolean awaitUntil(Predicate<VirtualPhone> condition) throws InterruptedException {
        return phone.awaitUntil(condition, PATIENCE);
    }

    @Override
    public void close() {
        phone.close();
        timers.shutdownNow();
        network.close();
    }
}
