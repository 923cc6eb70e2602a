package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.AuditLog;
import dev.provhub.device.StoreException;
import dev.provhub.device.StoreUnavailableException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void open_secondTime_keepsWhatIsThere() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
        String url = Engine.H2.freshUrl(folder);
        try (Database first = Engine.open(url)) {
            new JdbcAuditLog(first, clock).add("ops", "looked at 000e08aabbcc");
        }
        try (Database second = Engine.open(url)) {
            assertThat(second.isReachable()).isTrue();
            assertThat(new JdbcAuditLog(second, clock).latest(10))
                    .containsExactly(new AuditLog.Entry(clock.instant(), "ops", "looked at 000e08aabbcc"));
        }
    }

    @Test
    void open_nobodyListens_saysSoInOneLineWithoutPassword() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/hub?password=rosebud";
        assertThatThrownBy(() -> Database.open(url, "hub", "rosebud-2"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("database jdbc:postgresql://localhost:" + port + "/hub cannot be opened: ")
                .hasMessageNotContaining("rosebud")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void open_folderIsAFile_saysSoInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "not a folder");
        assertThatThrownBy(() -> Engine.open("jdbc:h2:file:" + file.resolve("hub")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("database jdbc:h2:file:" + file.resolve("hub") + " cannot be opened: ")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void open_otherKind_isRefused() {
        assertThatThrownBy(() -> Engine.open("jdbc:mysql://localhost/hub"))
                .hasMessage(
                        "database jdbc:mysql://localhost/hub is of no kind the hub knows: jdbc:h2:… or jdbc:postgresql:…");
    }

    @Test
    void withH2Settings_settingInTheUrl_isKept() {
        assertThat(Database.withH2Settings("jdbc:h2:mem:x;lock_timeout=5"))
                .startsWith("jdbc:h2:mem:x;lock_timeout=5;")
                .contains(";MODE=PostgreSQL")
                .doesNotContain("LOCK_TIMEOUT");
    }

    @Test
    void isReachable_closed_isFalse() {
        Database database = Engine.H2.open(folder);
        database.close();
        assertThat(database.isReachable()).isFalse();
    }

    @Test
    void unitOfWork_throws_takesEverythingBack() {
        try (Database database = Engine.H2.open(folder)) {
            AuditLog log = new JdbcAuditLog(database, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            assertThatThrownBy(() -> database.unitOfWork().run(() -> {
                        log.add("ops", "first");
                        database.unitOfWork().run(() -> {
                            log.add("ops", "second");
                            return 0;
                        });
                        throw new IllegalArgumentException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(log.latest(10)).isEmpty();
        }
    }

    @Test
    void update_outsideUnitOfWork_isAMistake() {
        try (Database database = Engine.H2.open(folder)) {
            assertThatThrownBy(() -> database.jdbc().update("delete from audit", Binder.NONE))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> database.jdbc().query("select nothing", Binder.NONE, row -> 1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("select nothing");
        }
    }
}
