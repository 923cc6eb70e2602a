package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeldomSaidTest {
    private final SettableClock clock = new SettableClock();
    private final SeldomSaid seldom = new SeldomSaid(clock);

    @Test
    void now_theSameAgain_isPassedOverForFiveMinutesAndCounted() {
        assertThat(seldom.now("a")).hasValue(0);
        assertThat(seldom.now("b")).as("something else").hasValue(0);
        clock.forward(Duration.ofMinutes(4));
        assertThat(seldom.now("a")).isEmpty();
        assertThat(seldom.now("a")).isEmpty();
        clock.forward(Duration.ofMinutes(1));
        assertThat(seldom.now("a")).hasValue(2);
        assertThat(seldom.now("a")).isEmpty();
        clock.forward(Duration.ofMinutes(5));
        assertThat(seldom.now("a")).hasValue(1);
    }
}
