package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelayListTest {
    private final Random random = new Random(7);

    @ParameterizedTest
    @CsvSource({"0, 60", "1, 120", "2, 240", "3, 240", "99, 240"})
    void at_list_walksAndStaysAtTheLast(int step, long seconds) {
        assertThat(DelayList.parse("60,120, 240", true).at(step, random)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void at_baseAndRandom_staysInItsRange() {
        DelayList list = DelayList.parse("60+60", true);
        for (int i = 0; i < 200; i++) {
            assertThat(list.at(i, random).orElseThrow()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "''", "x", "-1"})
    void at_zeroOrNothing_isOff(String text) {
        assertThat(DelayList.parse(text, true).at(0, random)).isEmpty();
        assertThat(DelayList.parse(text, false).at(0, random)).isEmpty();
    }

    @Test
    void parse_firmwareWithoutLists_takesTheFirstNumber() {
        assertThat(DelayList.parse("60+60,300", false).at(5, random)).contains(Duration.ofSeconds(60));
    }

    @Test
    void dailyTime_laterOrTomorrow_isCounted() {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(DailyTime.parse("1230").orElseThrow().from(noon, 0, random)).isEqualTo(Duration.ofMinutes(30));
        assertThat(DailyTime.parse("1200").orElseThrow().from(noon, 0, random)).isEqualTo(Duration.ofDays(1));
        assertThat(DailyTime.parse("2400").orElseThrow().from(noon, 0, random)).isEqualTo(Duration.ofHours(12));
        assertThat(DailyTime.parse("1230").orElseThrow().from(noon, 60, random))
                .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(40));
    }

    @ParameterizedTest
    @CsvSource({"''", "2401", "1260", "12:30", "noon"})
    void dailyTime_notATime_isIgnored(String text) {
        assertThat(DailyTime.parse(text)).isEmpty();
    }
}
