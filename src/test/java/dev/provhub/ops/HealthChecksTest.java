package dev.provhub.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.FleetFigures;
import dev.provhub.pki.CertificateEnds.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthChecksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(textBlock = """
            31,  0,  30, UP
            30,  0,  30, UP
            29,  0,  30, DEGRADED
            0,   0,  30, DEGRADED
            -1,  0,  30, DEGRADED
            -1,  0,  0,  DEGRADED
            1,   0,  0,  UP
            # what the hub makes anew itself is told only when it has not
            40, 30,  60, UP
            30, 30,  60, UP
            28, 30,  60, DEGRADED
            20, 30,  10, UP
            9,  30,  10, DEGRADED
            """)
    void certificates_atDaysBeforeTheEnd_areTold(int days, int renewedBefore, int warnBefore, Finding.State state) {
        End end = new End("https", "CN=h", NOW.plus(Duration.ofDays(days)), Duration.ofDays(renewedBefore));

        Finding finding = new CertificateHealth(() -> List.of(end), Duration.ofDays(warnBefore), CLOCK).look();

        assertThat(finding.state()).isEqualTo(state);
        assertThat(end.daysLeft(NOW)).isEqualTo(days);
    }

    @Test
    void fleet_askedAgainAndAgain_asksTheDatabaseOnceInFiveMinutes() {
        AtomicInteger asked = new AtomicInteger();
        FleetFigures figures = new FleetFigures() {
            @Override
            public long claimedWithoutKey(String model) {
                return 0;
            }

            @Override
            public long certificatesEnding(Instant from, Instant to) {
                asked.incrementAndGet();
                return from.equals(Instant.EPOCH) ? 2 : 7;
            }
        };
        FleetCertificateHealth check = new FleetCertificateHealth(figures, Duration.ofDays(30), CLOCK);

        Finding first = check.look();
        Finding second = check.look();

        assertThat(first.state()).isEqualTo(Finding.State.DEGRADED);
        assertThat(first.reason()).contains("2 have ended, 7 end within 30 days");
        assertThat(second).isSameAs(first);
        assertThat(asked).hasValue(2);
        assertThat(new FleetCertificateHealth(figures, Duration.ZERO, CLOCK)
                        .look()
                        .state())
                .isEqualTo(Finding.State.UP);
    }

    @Test
    void kept_afterItsTime_isFoundOutAnew() {
        AtomicInteger asked = new AtomicInteger();
        Instant[] now = {NOW};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        Kept<Integer> kept = new Kept<>(asked::incrementAndGet, Duration.ofMinutes(5), clock);

        assertThat(kept.get()).isEqualTo(1);
        now[0] = NOW.plusSeconds(299);
        assertThat(kept.get()).isEqualTo(1);
        now[0] = NOW.plusSeconds(300);
        assertThat(kept.get()).isEqualTo(2);
    }

    @Test
    void check_thatThrows_isDegradedWithTheReason() {
        HubCheck check = new HubCheck("broken") {
            @Override
            protected Finding look() {
                throw new IllegalStateException("no answer");
            }
        };

        var result = check.call();

        assertThat(result.getState()).isEqualTo(org.apache.camel.health.HealthCheck.State.UP);
        assertThat(result.getDetails()).containsEntry("degraded", true);
        assertThat(result.getMessage()).contains("cannot be found out: no answer");
    }
}
