package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.fault.Fault;
import dev.provhub.fault.Faults;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcFaultsIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private Faults faults;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        faults = new JdbcFaults(
                database, new ReversibleSecrets(), () -> UUID.randomUUID().toString());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Fault.Failure failure(@Nullable String subject, String reason) {
        return new Fault.Failure("poll-crm", subject, "direct:take-fed-order", reason, "{\"sipPassword\":\"rosebud\"}");
    }

    @Test
    void keep_messageOfNoSubject_isAFaultEachTime() {
        long first = faults.keep(failure(null, "no route to host"), TEN);
        long second = faults.keep(failure(null, "no route to host"), TEN);

        assertThat(second).isGreaterThan(first);
        assertThat(faults.count()).isEqualTo(2);
        assertThat(faults.find(first).orElseThrow())
                .isEqualTo(new Fault(
                        first,
                        "poll-crm",
                        null,
                        "direct:take-fed-order",
                        "no route to host",
                        1,
                        TEN,
                        TEN,
                        "{\"sipPassword\":\"rosebud\"}"));
    }

    @Test
    void keep_sameSubject_isOneFaultThatFailedTwice() {
        long first = faults.keep(failure("R-1", "refused"), TEN);
        long second = faults.keep(failure("R-1", "answered 500"), TEN.plusSeconds(9));

        assertThat(second).isEqualTo(first);
        Fault fault = faults.find(first).orElseThrow();
        assertThat(fault.attempts()).isEqualTo(2);
        assertThat(fault.reason()).isEqualTo("answered 500");
        assertThat(fault.first()).isEqualTo(TEN);
        assertThat(fault.last()).isEqualTo(TEN.plusSeconds(9));
    }

    @Test
    void keep_overlongTexts_areCutAndStillOneFault() {
        long first = faults.keep(failure("s".repeat(300), "r".repeat(2000)), TEN);

        assertThat(faults.keep(failure("s".repeat(300), "r".repeat(2000)), TEN)).isEqualTo(first);
        faults.settle("poll-crm", "s".repeat(300));
        assertThat(faults.count()).isZero();
    }

    @Test
    void page_ofAFeed_isNewestFirstWithoutMessages() {
        long first = faults.keep(failure("R-1", "refused"), TEN);
        long second = faults.keep(failure("R-2", "refused"), TEN);

        assertThat(faults.page("poll-crm", Long.MAX_VALUE, 10))
                .extracting(Fault::id)
                .containsExactly(second, first);
        assertThat(faults.page(null, second, 10)).singleElement().satisfies(fault -> {
            assertThat(fault.id()).isEqualTo(first);
            assertThat(fault.message()).isEmpty();
        });
        assertThat(faults.page("another", Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void failedAgainAndRemove_ofOneThatIsGone_sayFalse() {
        long id = faults.keep(failure("R-1", "refused"), TEN);

        assertThat(faults.failedAgain(id, "answered 503", TEN.plusSeconds(1))).isTrue();
        assertThat(faults.find(id).orElseThrow().attempts()).isEqualTo(2);
        assertThat(faults.remove(id)).isTrue();
        assertThat(faults.remove(id)).isFalse();
        assertThat(faults.failedAgain(id, "answered 503", TEN)).isFalse();
    }
}
