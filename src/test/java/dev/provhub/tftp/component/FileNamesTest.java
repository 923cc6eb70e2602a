package dev.provhub.tftp.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"\r", "\n", "\t", "\0", "\u001b", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e", "\u200b"})
    void forLog_whatCannotBeSeen_isAQuestionMark(String character) {
        assertThat(FileNames.forLog("a" + character + "b.cfg")).isEqualTo("a?b.cfg");
    }

    @ParameterizedTest
    @CsvSource({"/spa508G.cfg, /spa508G.cfg", "/p/abcdefghijklmnopqrstuvwxyz/0/1/profile.cfg, /p/***/0/1/profile.cfg"})
    void forLog_directory_isLeftOut(String name, String shown) {
        assertThat(FileNames.forLog(name)).isEqualTo(shown);
    }
}
