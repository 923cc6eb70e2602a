package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Contact;
import dev.provhub.device.MacAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcLogsIT {
    private static final MacAddress MAC = new MacAddress("000e08aabbcc");
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = engine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void add_thousandContactsThenClose_allAreThere() {
        JdbcContactLog log = new JdbcContactLog(database).start();
        for (int number = 0; number < 1234; number++) {
            log.add(contact(number));
        }
        log.close();
        assertThat(log.dropped()).isZero();
        assertThat(log.latest(MAC, 2000)).hasSize(1234);
        assertThat(log.latest(MAC, 2)).containsExactly(contact(1233), contact(1232));
    }

    @Test
    void add_oneContact_isThereWithinSeconds() {
        try (JdbcContactLog log = new JdbcContactLog(database).start()) {
            log.add(contact(0));
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(log.latest(MAC, 10)).containsExactly(contact(0)));
        }
    }

    @Test
    void add_longTextNulAndNobody_isCutNotLost() {
        try (JdbcContactLog log = new JdbcContactLog(database).start()) {
            log.add(new Contact(TEN, null, "tftp", "a\0b" + "x".repeat(5000), "refused", "why", 0, null, "::1"));
            log.add(new Contact(TEN, MAC, "tftp", "a\0b" + "x".repeat(5000), "refused", "why", 0, null, "::1"));
        }
        assertThat(new JdbcContactLog(database).latest(MAC, 1).get(0).asked())
                .hasSize(1000)
                .startsWith("a\uFFFDbxxx");
        assertThat(DatabaseText.of(database).lines()).hasSize(2);
    }

    @Test
    void forgetBefore_oldContacts_areGone() {
        JdbcContactLog log = new JdbcContactLog(database).start();
        log.add(contact(0));
        log.add(contact(100));
        log.close();
        assertThat(log.forgetBefore(TEN.plusSeconds(50))).isEqualTo(1);
        assertThat(log.latest(MAC, 10)).containsExactly(contact(100));
    }

    @Test
    void audit_entries_newestFirst() {
        AuditLog log = new JdbcAuditLog(database, Clock.fixed(TEN, ZoneOffset.UTC));
        log.add("ops", "read the key of " + MAC);
        log.add("import", "x".repeat(3000));
        assertThat(log.latest(1)).singleElement().satisfies(entry -> assertThat(entry.what())
                .hasSize(1000));
        assertThat(log.latest(5).get(1)).isEqualTo(new AuditLog.Entry(TEN, "ops", "read the key of 000e08aabbcc"));
    }

    private static Contact contact(int number) {
        return new Contact(
                TEN.plusSeconds(number),
                MAC,
                "https",
                "/p/…/" + number,
                "profile",
                "revision " + number,
                4096,
                "4.9f",
                "192.0.2.7");
    }
}
