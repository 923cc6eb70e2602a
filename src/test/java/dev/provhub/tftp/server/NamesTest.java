package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "/a", "//a", "a/b", "...", "a..b", "..a", "/p//x", "%2e%2e/x", "a b", "/spa$PSN.cfg", "."})
    void isFile_nameOfTheRoot_isTaken(String name) {
        assertThat(Names.isFile(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../a", "/..", "a/..", "a/../b", "a\\b", "\\", "..\\a", "a\0b", "\uFFFD\uFFFD/a"})
    void isFile_nameThatLeadsOut_isNot(String name) {
        assertThat(Names.isFile(name)).isFalse();
    }
}
