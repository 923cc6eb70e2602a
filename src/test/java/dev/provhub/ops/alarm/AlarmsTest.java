package dev.provhub.ops.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmsTest {
    private static final int HOUR = 60;

    private final SettableClock clock = new SettableClock();
    private final TroubleCounts counts = new TroubleCounts();
    private final Alarms alarms = new Alarms(counts, 5, 50, clock);

    private List<Alarms.Alarm> minute(int times) {
        for (int n = 0; n < times; n++) {
            counts.met(Trouble.NOT_FOUND);
        }
        clock.forward(Duration.ofMinutes(1));
        return alarms.look();
    }

    /** The minute in which something was told, from 1; 0 for never. */
    private int firstChange(int minutes, int times) {
        for (int minute = 1; minute <= minutes; minute++) {
            if (!minute(times).isEmpty()) {
                return minute;
            }
        }
        return 0;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # usual a minute, then a minute, told in which minute
            0,   9,    0
            0,   10,   5
            0,   50,   1
            2,   9,    0
            2,   60,   1
            10,  49,   0
            10,  58,   5
            10,  500,  1
            100, 400,  0
            100, 1000, 3
            """)
    void look_growthAfterAnHour_isToldFromFactorAndMinimumOn(int usual, int then, int told) {
        assertThat(firstChange(2 * HOUR, usual)).isZero();

        assertThat(firstChange(10, then)).isEqualTo(told);
    }

    @Test
    void look_raisedAndOver_isToldOnceEach() {
        firstChange(HOUR, 10);

        List<Alarms.Alarm> raised = minute(1000);
        assertThat(raised).singleElement().satisfies(alarm -> {
            assertThat(alarm.raised()).isTrue();
            assertThat(alarm.trouble()).isEqualTo(Trouble.NOT_FOUND);
            assertThat(alarm.recent()).isEqualTo(1040);
            assertThat(alarm.usual()).isEqualTo(50);
            assertThat(alarm.says())
                    .isEqualTo(
                            "requests that were answered with nothing: 1040 within five minutes, where 50 are usual");
        });
        assertThat(alarms.isRaised(Trouble.NOT_FOUND)).isTrue();
        assertThat(alarms.isRaised(Trouble.CONTRADICTION)).isFalse();
        assertThat(alarms.raised()).hasSize(1);
        assertThat(new AlarmHealth(alarms).look().reason()).contains("1040 within five minutes");

        assertThat(firstChange(3 * HOUR, 1000)).as("it goes on").isZero();

        assertThat(firstChange(10, 10)).isBetween(4, 5);
        assertThat(alarms.isRaised(Trouble.NOT_FOUND)).isFalse();
        assertThat(firstChange(2 * HOUR, 10)).isZero();
        assertThat(new AlarmHealth(alarms).look().reason()).isNull();
    }

    @Test
    void look_levelThatLastsADay_becomesTheUsual() {
        firstChange(HOUR, 10);
        assertThat(firstChange(5, 1000)).isEqualTo(1);

        int day = 24 * HOUR - 10;
        assertThat(firstChange(day, 1000)).isZero();
        List<Alarms.Alarm> cleared = List.of();
        while (cleared.isEmpty()) {
            cleared = minute(1000);
        }
        assertThat(cleared).singleElement().satisfies(alarm -> {
            assertThat(alarm.goesOn()).isTrue();
            assertThat(alarm.says()).endsWith("it goes on, and has done so for so long that it is taken for usual");
        });
        assertThat(firstChange(2 * HOUR, 1000)).isZero();
    }

    @Test
    void look_hubThatHasJustStarted_isNotAlarmedByEverybodyComing() {
        assertThat(firstChange(9, 1000)).isZero();
        assertThat(firstChange(HOUR, 1000)).isZero();
    }

    @Test
    void look_clockThatIsSetBack_goesOnFromThere() {
        firstChange(HOUR, 10);
        clock.forward(Duration.ofHours(-6));
        assertThat(alarms.look()).isEmpty();

        assertThat(firstChange(10, 500)).isEqualTo(1);
    }

    @Test
    void look_clockThatJumpsYears_isOneQuarterOfAnHour() {
        firstChange(HOUR, 10);
        clock.forward(Duration.ofDays(20_000));

        assertThat(alarms.look()).isEmpty();
    }

    @Test
    void look_lateByMinutes_takesThemAllIn() {
        firstChange(HOUR, 0);
        for (int n = 0; n < 300; n++) {
            counts.met(Trouble.TLS_FAILURE);
        }
        clock.forward(Duration.ofSeconds(59));
        assertThat(alarms.look()).isEmpty();
        clock.forward(Duration.ofMinutes(2));

        assertThat(alarms.look()).singleElement().satisfies(alarm -> {
            assertThat(alarm.trouble()).isEqualTo(Trouble.TLS_FAILURE);
            assertThat(alarm.recent()).isEqualTo(300);
        });
    }

    @Test
    void cloudEvent_ofAnAlarm_hasWhatTheStandardAsksFor() throws Exception {
        firstChange(HOUR, 0);
        Alarms.Alarm alarm = minute(80).get(0);

        var event = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(new CloudEvents("https://hub.example", clock).of(alarm));

        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).hasSize(36);
        assertThat(event.path("source").asText()).isEqualTo("https://hub.example");
        assertThat(event.path("type").asText()).isEqualTo("dev.provhub.alarm.raised");
        assertThat(event.path("subject").asText()).isEqualTo("not_found");
        assertThat(event.path("time").asText()).isEqualTo("2026-03-01T11:01:00Z");
        assertThat(event.path("data").path("recent").asLong()).isEqualTo(80);
    }
}
