package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When devices may be told. */
class MaintenanceWindowsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Monday, the second of March 2026; Berlin is an hour ahead
                "01:00-05:00;2026-03-02T00:00:00Z;Europe/Berlin;true",
                "01:00-05:00;2026-03-02T03:59:59Z;Europe/Berlin;true",
                "01:00-05:00;2026-03-02T04:00:00Z;Europe/Berlin;false",
                "01:00-05:00;2026-03-02T04:00:00Z;UTC;true",
                "mon-fri 01:00-05:00;2026-03-01T02:00:00Z;UTC;false",
                "sat-mon 01:00-05:00;2026-03-02T02:00:00Z;UTC;true",
                // over midnight it belongs to the day on which it opens
                "sun 22:00-04:00;2026-03-02T03:00:00Z;UTC;true",
                "mon 22:00-04:00;2026-03-02T03:00:00Z;UTC;false",
                "mon 22:00-24:00;2026-03-02T23:59:00Z;UTC;true",
                "tue 03:00-04:00, mon 03:00-04:00;2026-03-02T03:00:00Z;UTC;true",
                // the hour that there is not, on the morning when the clocks go forward
                "02:00-03:00;2026-03-29T01:30:00Z;Europe/Berlin;false",
                "02:00-03:00;2026-10-25T01:30:00Z;Europe/Berlin;true"
            })
    void isOpen_byTheClockOfTheDevice(String text, Instant now, String zone, boolean open) {
        assertThat(MaintenanceWindows.parse(text).isOpen(now, ZoneId.of(zone))).isEqualTo(open);
    }

    @Test
    void isOpen_withoutAny_isAlways() {
        assertThat(MaintenanceWindows.parse("").isOpen(Instant.EPOCH, ZoneId.of("UTC")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"01:00-05:00", "mon-fri 01:00-05:00, sat 22:00-04:00", "sat-mon 00:00-24:00", "sun 03:00-04:00"})
    void toString_isWhatParseReads(String text) {
        assertThat(MaintenanceWindows.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1-5", "25:00-26:00", "01:00-01:00", "foo 01:00-02:00", "mon-fri", "01:60-02:00", "01:00-02:00,"
            })
    void parse_anythingElse_isRefusedWithWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaintenanceWindows.parse(text))
                .withMessageContaining("mon-fri 01:00-05:00");
    }
}
