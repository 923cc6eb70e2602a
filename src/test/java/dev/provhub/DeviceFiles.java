package dev.provhub;

import dev.provhub.device.MacAddress;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import dev.provhub.secrets.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** A device's certificate as files, for programs that others wrote. */
final class DeviceFiles {
    private DeviceFiles() {}

    static void issue(HubUnderTest hub, Path out, MacAddress mac, String serial, String productNumber)
            throws IOException {
        HubCertificates certificates = HubCertificates.open(
                hub.config().folders().data().resolve("certs"), Clock.systemUTC(), new SecureRandom());
        KeyAndChain device = certificates.issueDevice(mac, serial, productNumber);
        Files.createDirectories(out);
        Files.writeString(out.resolve("device.crt"), device.chainPem());
        SecretFile.write(out.resolve("device.key"), device.keyPem());
        Files.writeString(out.resolve("ca.crt"), certificates.authorityPem());
    }
}
