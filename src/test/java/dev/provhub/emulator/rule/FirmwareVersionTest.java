package dev.provhub.emulator.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareVersionTest {
    @ParameterizedTest(name = "{0} < {1}")
    @CsvSource({
        "1.0.31, 1.0.31(b)",
        "1.0.31(a), 1.0.31(b)",
        "1.0.31(b), 1.0.33",
        "2.0.3(0412s), 2.0.6(b)",
        "2.0.3(0412s), 2.0.3(0413a)",
        "2.0.3(0412s), 2.0.3(b)",
        "5.1.8, 5.1.16(LS)",
        "6.1.5, 6.1.5(a)",
        "7.5.2, 7.5.2b",
        "7.5.2b, 7.6.2g",
        "7.5.9, 7.5.10",
        "1.4.1(SR3), 1.4.1(SR5)",
        "1.4.1(SR5), 1.4.1(SR10)",
        "11-2-3MPP-256, 11-3-1MPP-110",
        "11-3-2MPP0001-609, 11-3-2MPP0002-256",
        "sip88xx.11-0-1MPP, sip88xx.11-0-1MPP-376",
        "sip88xx.11-0-1MPP-376, sip78xx.11-3-2MPP0001-609",
        "sip88xx.11-3-2MPP-1, sip88xx.11-3-2MPP0001-1",
        "11-1-0MPP-19, 11-1-0MPP0401-002",
    })
    void order_olderAndNewer_isNegative(String older, String newer) {
        assertThat(FirmwareVersion.order(older, newer).getAsInt()).isNegative();
        assertThat(FirmwareVersion.order(newer, older).getAsInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "7.5.2b, 7.5.2(b)",
        "7.5.2b, 7.5.2B",
        "sip88xx.11-3-2MPP0001-609, 11-3-2MPP0001-609",
        "11-1-0MPP0401-002, 11-1-0MPP0401-2"
    })
    void order_sameVersionWrittenTwice_isZero(String one, String other) {
        assertThat(FirmwareVersion.order(one, other)).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "Not Installed",
                "11-3-1MSR3-3",
                "11.x",
                "7.5",
                "2",
                "7..5",
                "7.5.2b(c)",
                "-1",
                "$SWVER"
            })
    void parse_otherShape_isEmpty(String text) {
        assertThat(FirmwareVersion.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7.5.2b, 11-1-0MPP-19", "7.5.2b, x", "'', ''"})
    void order_whatCannotBeCompared_isEmpty(String one, String other) {
        assertThat(FirmwareVersion.order(one, other)).isEmpty();
    }
}
