package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.rules.DelayList.Delay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayListTest {
    @Test
    void after_walksTheListAndStaysAtItsEnd() {
        DelayList list = DelayList.find("60+60,300,900+900").orElseThrow();
        assertThat(list.after(1)).isEqualTo(new Delay(60, 60));
        assertThat(list.after(2)).isEqualTo(new Delay(300, 0));
        assertThat(list.after(3)).isEqualTo(new Delay(900, 900));
        assertThat(list.after(99)).isEqualTo(new Delay(900, 900));
        assertThat(list.isSingle()).isFalse();
        assertThat(DelayList.find("3600").orElseThrow().isSingle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1,", "1+", "1, 2", "-1", "1+2+3", "12345678901"})
    void find_somethingElse_isNone(String text) {
        assertThat(DelayList.find(text)).isEmpty();
    }
}
