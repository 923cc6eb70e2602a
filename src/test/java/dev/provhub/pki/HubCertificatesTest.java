package dev.provhub.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCertificatesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private HubCertificates open(Clock clock) {
        return HubCertificates.open(folder, clock, RANDOM);
    }

    @Test
    void firstStart_makesCaAndServer_secondStartKeepsThem() throws Exception {
        HubCertificates first = open(CLOCK);
        KeyAndChain server = first.server("server", "hub.example.net");
        HubCertificates second = open(CLOCK);

        assertThat(first.made()).hasSize(2);
        assertThat(second.server("server", "hub.example.net").certificate()).isEqualTo(server.certificate());
        assertThat(second.made()).isEmpty();
        assertThat(server.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=hub.example.net");
        assertThat(server.certificate().getSubjectAlternativeNames().toString())
                .contains("hub.example.net", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void server_otherNameOrNearItsEnd_isMadeAnew() {
        KeyAndChain server = open(CLOCK).server("server", "hub.example.net");

        assertThat(open(CLOCK).server("server", "other.example.net").certificate())
                .isNotEqualTo(server.certificate());
        KeyAndChain other = open(CLOCK).server("server", "other.example.net");
        assertThat(open(Clock.offset(CLOCK, Duration.ofDays(800)))
                        .server("server", "other.example.net")
                        .certificate())
                .isNotEqualTo(other.certificate());
    }

    @Test
    void keyOfAnotherCertificate_isRefusedWithItsName() throws Exception {
        HubCertificates certificates = open(CLOCK);
        certificates.server("server", "h");
        certificates.server("legacy", "h");
        Files.copy(folder.resolve("legacy.key"), folder.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> open(CLOCK).server("server", "h")).hasMessageContainingAll("server.key", "server.crt");
    }

    @Test
    void garbageInAFile_isRefusedWithItsName() throws Exception {
        open(CLOCK);
        Files.writeString(folder.resolve("ca.crt"), "nothing");

        assertThatThrownBy(() -> open(CLOCK)).isInstanceOf(PkiException.class).hasMessageContaining("ca.crt");
    }
}
