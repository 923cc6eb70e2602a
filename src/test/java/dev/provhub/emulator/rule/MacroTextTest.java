package dev.provhub.emulator.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacroTextTest {
    private static final Map<String, String> VALUES = Map.of(
            "A", "ABCDEF",
            "B", "",
            "O", "$MA",
            "MA", "000e08aabbcc",
            "MAU", "000E08AABBCC",
            "PN", "SPA508G",
            "PSN", "508G",
            "SWVER", "7.5.2b",
            "P", "4.9f3a");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "$MA, 000e08aabbcc",
        "$(MA), 000e08aabbcc",
        "$MAU, 000E08AABBCC",
        "$(MA)U, 000e08aabbccU",
        "$MAX, 000e08aabbccX",
        "$PNX, SPA508GX",
        "$PSN.cfg, 508G.cfg",
        "$P/$SWVER/x, 4.9f3a/7.5.2b/x",
        "$(A:2), CDEF",
        "$(A:2:3), CDE",
        "$(A:0:2), AB",
        "$(A:9), ''",
        "$(A:4:9), EF",
        "[$B], []",
        "$$, $",
        "$$MAU, $MAU",
        "$O, $MA",
        "$(NONE), $(NONE)",
        "$none, $none",
        "$ma, $ma",
        "$SA, $SA",
        "$(SA), $(SA)",
        "$(MA, $(MA",
        "$, $",
        "a$b, a$b",
        "100$, 100$",
        "$(A:x), $(A:x)",
    })
    void expand_eachForm_isReplacedOrLeft(String text, String expected) {
        assertThat(MacroText.expand(text, VALUES::get)).isEqualTo(expected);
    }
}
