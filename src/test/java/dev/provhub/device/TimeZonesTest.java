package dev.provhub.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Time zones that are there and that are not. */
class TimeZonesTest {
    @Test
    void noSuch_oneThatIsThere_isEmpty() {
        assertThat(TimeZones.noSuch("Europe/Berlin")).isEmpty();
        assertThat(TimeZones.noSuch("UTC")).isEmpty();
    }

    @Test
    void noSuch_anotherOne_saysWhatIsAllowedAndTheNearest() {
        assertThat(TimeZones.noSuch("Mars/Phobos")).contains("an IANA time zone such as Europe/Berlin");
        assertThat(TimeZones.noSuch("+01:00")).contains("an IANA time zone such as Europe/Berlin");
        assertThat(TimeZones.noSuch("Europe/Brelin"))
                .contains("an IANA time zone such as Europe/Berlin; did you mean 'Europe/Berlin'?");
        assertThat(TimeZones.noSuch("america/new_york"))
                .contains("an IANA time zone such as Europe/Berlin; did you mean 'America/New_York'?");
    }
}
