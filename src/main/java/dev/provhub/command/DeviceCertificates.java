package dev.provhub.command;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.MacAddress;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import dev.provhub.secrets.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** Certificates for virtual devices, from the development CA of a data folder. */
final class DeviceCertificates {
    private DeviceCertificates() {}

    /**
     * Makes one and writes {@code device.crt}, {@code device.key} and {@code ca.crt}.
     *
     * @param data the hub's data folder, in which its first start has made the CA
     */
    static KeyAndChain write(Path data, MacAddress mac, String serial, String productNumber, Path out, Clock clock)
            throws IOException {
        HubCertificates certificates = open(data, clock);
        KeyAndChain device = certificates.issueDevice(mac, serial, productNumber);
        Files.createDirectories(out);
        SecretFile.write(out.resolve("device.key"), device.keyPem());
        Files.writeString(out.resolve("device.crt"), device.chainPem());
        Files.writeString(out.resolve("ca.crt"), certificates.authorityPem());
        return device;
    }

    static HubCertificates open(Path data, Clock clock) {
        Path folder = data.resolve("certs");
        if (!Files.exists(folder.resolve("ca.crt"))) {
            throw new IllegalConfigurationException(
                    "there is no development CA in " + folder + ": the first ./hub run makes it");
        }
        return HubCertificates.open(folder, clock, new SecureRandom());
    }
}
