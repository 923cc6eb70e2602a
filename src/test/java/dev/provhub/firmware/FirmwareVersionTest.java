package dev.provhub.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareVersionTest {
    @ParameterizedTest
    @CsvSource({
        "7.4.9c, 7.5.2b",
        "7.5.2, 7.5.2b",
        "7.5.2a, 7.5.2b",
        "7.6.2, 7.10.1",
        "6.1.5(a), 6.1.5(b)",
        "2.0.3(0411s), 2.0.3(0412s)",
        "1.4.1(SR4), 1.4.1(SR5)",
        "11-2-3MPP-256, 11-3-1MPP-110",
        "11-3-2MPP0001-609, 11-3-2MPP0002-256",
        "11-3-2MPP0001-608, 11-3-2MPP0001-609",
        "sip88xx.11-0-1MPP-376, sip78xx.11-0-1MPP-377",
        "11-3-2MPP0001, 11-3-2MPP0001-1",
        "11-1-0MPP-19, 11-1-0MPP0401-002",
    })
    void isBelow_lowerAndHigher_areInOrder(String lower, String higher) {
        FirmwareVersion low = FirmwareVersion.parse(lower);
        FirmwareVersion high = FirmwareVersion.parse(higher);
        assertThat(low.isBelow(high)).isTrue();
        assertThat(high.isBelow(low)).isFalse();
        assertThat(low.isSameAs(high)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "6.1.5(a), 6.1.5a",
        "5.1.6(LS), 5.1.6ls",
        "sip88xx.12-0-1MPP0001-245, 12-0-1MPP0001-245",
        "sip88xx.11-3-1MSR3-3, 11-3-1MSR3-3",
    })
    void isSameAs_otherSpelling_isSame(String one, String other) {
        assertThat(FirmwareVersion.parse(one).isSameAs(FirmwareVersion.parse(other)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "7.5.2b, 7.5.2b",
        "6.1.5(a), 6.1.5a",
        "sip88xx.11-3-2MPP0001-609, 11-3-2MPP0001-609",
        "11-1-0MPP0401-002, 11-1-0MPP0401-002",
    })
    void operand_orderedVersion_isWrittenForAllPhones(String version, String operand) {
        assertThat(FirmwareVersion.parse(version).operand()).isEqualTo(operand);
        assertThat(FirmwareVersion.parse(operand).isSameAs(FirmwareVersion.parse(version)))
                .isTrue();
    }

    /** Without its brackets, 1.3.5(004p) would be build 5004. */
    @ParameterizedTest
    @ValueSource(strings = {"1.3.5(004p)", "2.0.3(0412s)", "1.0.0(1)"})
    void operand_tailOfDigits_isRefusedAlthoughItHasItsPlace(String version) {
        FirmwareVersion parsed = FirmwareVersion.parse(version);
        assertThat(parsed.isOrdered()).isTrue();
        assertThat(parsed.isOperand()).isFalse();
        assertThatThrownBy(parsed::operand).hasMessage("version " + version + " cannot stand in a condition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11-3-1MSR3-3", "11.0", "11-3-2MPP0001", "12-0-1", "latest"})
    void operand_otherVersion_isRefused(String version) {
        assertThat(FirmwareVersion.parse(version).isOrdered()).isFalse();
        assertThatThrownBy(() -> FirmwareVersion.parse(version).operand()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isBelow_differentGrammars_isRefused() {
        FirmwareVersion dotted = FirmwareVersion.parse("7.5.2b");
        FirmwareVersion dashed = FirmwareVersion.parse("11-3-2MPP0001-609");
        assertThat(dotted.isComparableTo(dashed)).isFalse();
        assertThatThrownBy(() -> dotted.isBelow(dashed))
                .hasMessage("versions 7.5.2b and 11-3-2MPP0001-609 have no order");
    }
}
