package dev.provhub.steps;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceModel;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.ReportReader;
import dev.provhub.sealing.Aes128Gcm;
import dev.provhub.sealing.KeyDigest;
import dev.provhub.sealing.KeyingMaterial;
import dev.provhub.sealing.OpenSslContainer;
import dev.provhub.sealing.UnsealingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens what a device reports: the OpenSSL container under {@code --key}, or RFC 8188 under its keying material. While a pair of
 * keys is taken over either of the two may have been used.
 */
final class SealedReports {
    private static final byte[] CONTAINER = "Salted__".getBytes(StandardCharsets.US_ASCII);

    private SealedReports() {}

    /**
     * Opens and reads.
     *
     * @param clearAllowed whether one that is not sealed is taken, because it came inside TLS under the device's certificate
     * @throws IllegalArgumentException in words for an operator, when it cannot be opened or read
     */
    static DeviceReport read(byte[] body, Device device, DeviceModel model, boolean clearAllowed) {
        if (body.length == 0) {
            throw new IllegalArgumentException("it is empty");
        }
        if (isXml(body)) {
            if (!clearAllowed) {
                throw new IllegalArgumentException(
                        "it came in clear; a report is sealed, or sent over HTTPS with the device's own certificate");
            }
            return ReportReader.read(body);
        }
        boolean container = startsWith(body, CONTAINER);
        KeyDigest usual =
                model.provisionable().map(DeviceModel.Provisioning::digest).orElse(KeyDigest.MD5);
        for (String key : keys(device)) {
            for (KeyDigest digest : container ? usualFirst(usual) : List.of(usual)) {
                DeviceReport report = opened(
                        bytes -> container
                                ? OpenSslContainer.open(bytes, key, digest)
                                : Aes128Gcm.open(bytes, material(key)),
                        body);
                if (report != null) {
                    return report;
                }
            }
        }
        throw new IllegalArgumentException(
                container
                        ? "it does not open under the device's key, with neither digest: the phone holds another key"
                        : "it is neither an OpenSSL container nor aes128gcm under the device's key");
    }

    private static byte[] material(String key) {
        return java.util.Base64.getUrlDecoder().decode(KeyingMaterial.of(key));
    }

    /** A wrong key is not always found by its padding, but garbage is no XML. */
    private static @Nullable DeviceReport opened(UnaryOperator<byte[]> opening, byte[] body) {
        try {
            byte[] plain = opening.apply(body);
            return isXml(plain) ? ReportReader.read(plain) : null;
        } catch (UnsealingException | IllegalArgumentException e) {
            return null;
        }
    }

    private static List<KeyDigest> usualFirst(KeyDigest usual) {
        return usual == KeyDigest.MD5
                ? List.of(KeyDigest.MD5, KeyDigest.SHA256)
                : List.of(KeyDigest.SHA256, KeyDigest.MD5);
    }

    private static List<String> keys(Device device) {
        return Stream.of(
                        device.standing().keys().current(),
                        device.standing().keys().pending())
                .filter(Objects::nonNull)
                .map(DeviceKey::key)
                .toList();
    }

    private static boolean isXml(byte[] body) {
        int at = startsWith(body, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}) ? 3 : 0;
        while (at < body.length && Character.isWhitespace(body[at])) {
            at++;
        }
        return at < body.length && body[at] == '<';
    }

    private static boolean startsWith(byte[] body, byte[] start) {
        return body.length >= start.length && java.util.Arrays.equals(body, 0, start.length, start, 0, start.length);
    }
}
