package dev.provhub.emulator.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DumpWriterTest {
    @Test
    void write_anyCharacter_staysWellFormedAscii() {
        assertThat(DumpWriter.write("r", Map.of(), Map.of("A", "\u00e9\ud83d\ude00<\u0007\n\ud83d"), Map.of()))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r>\n<A>&#233;&#128512;&lt;&#10;</A>\n</r>\n");
    }
}
