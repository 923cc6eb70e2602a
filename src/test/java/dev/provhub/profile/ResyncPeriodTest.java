package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResyncPeriodTest {
    private static final Optional<Duration> HOURLY = Optional.of(Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30              | 30
            3600+600        | 4200
            30,60,3600+600  | 4200
            30, 60 , 7200   | 7200
            0               | 0
            0+600           | 600
            ''              | 0
            # what cannot be read is as from the factory
            soon            | 3600
            9999999999999999999 | 3600
            """)
    void parse_asThePhonesRead_isTheLongestWaitOfWhatRepeats(String text, long seconds) {
        assertThat(ResyncPeriod.parse(text).map(Duration::toSeconds).orElse(0L)).isEqualTo(seconds);
    }

    @Test
    void own_settingsOfADevice_standBeforeThoseOfItsLayers() {
        assertThat(ResyncPeriod.of(Map.of(), HOURLY)).isEqualTo(HOURLY);
        assertThat(ResyncPeriod.of(Map.of("Resync_Periodic", "86400"), HOURLY)).contains(Duration.ofDays(1));
        assertThat(ResyncPeriod.of(Map.of("Resync_Periodic", "0"), HOURLY)).isEmpty();
        assertThat(ResyncPeriod.of(Map.of("Resync_At__HHmm_", "0330"), HOURLY)).contains(Duration.ofHours(25));
        assertThat(ResyncPeriod.of(Map.of("Resync_At__HHmm_", "2561"), HOURLY)).isEqualTo(HOURLY);
        assertThat(ResyncPeriod.of(Map.of("profileTransport", "published"), HOURLY))
                .isEmpty();
    }
}
