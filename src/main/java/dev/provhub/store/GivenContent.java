package dev.provhub.store;

import dev.provhub.device.MacAddress;
import dev.provhub.profile.Origin;
import dev.provhub.profile.ProfileValue;
import dev.provhub.profile.UserAccess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a profile as the text of a sealed column: a line for each, {@code name TAB access TAB secret TAB layer TAB
 * place TAB text}, compressed. Values hold no control characters, so nothing needs an escape.
 */
final class GivenContent {
    private static final int FIELDS = 6;

    private final SecretColumn secrets;

    GivenContent(SecretColumn secrets) {
        this.secrets = secrets;
    }

    String seal(MacAddress mac, String revision, List<ProfileValue> values) {
        String text = values.stream().map(GivenContent::line).collect(Collectors.joining("\n"));
        return secrets.seal(Base64.getEncoder().encodeToString(compressed(text)), identity(mac, revision));
    }

    List<ProfileValue> open(MacAddress mac, String revision, String sealed) {
        String text = decompressed(Base64.getDecoder().decode(secrets.open(sealed, identity(mac, revision))));
        return text.isEmpty()
                ? List.of()
                : text.lines().map(GivenContent::value).toList();
    }

    private static String line(ProfileValue value) {
        return String.join(
                "\t",
                value.name(),
                value.userAccess() == null ? "" : value.userAccess().name(),
                value.secret() ? "secret" : "",
                value.origin().layer(),
                value.origin().place() == null ? "" : value.origin().place(),
                value.text());
    }

    private static ProfileValue value(String line) {
        String[] fields = line.split("\t", FIELDS);
        return new ProfileValue(
                fields[0],
                fields[5],
                emptyIsNull(fields[1]) == null ? null : UserAccess.valueOf(fields[1]),
                new Origin(fields[3], emptyIsNull(fields[4])),
                !fields[2].isEmpty(),
                List.of());
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails to be written", e);
        }
        return bytes.toByteArray();
    }

    private static String decompressed(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a kept profile cannot be read", e);
        }
    }

    static String identity(MacAddress mac, String revision) {
        return "given_profile/" + mac + "/" + revision;
    }
}
