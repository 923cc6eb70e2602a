package dev.provhub.emulator.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameVersionTest {
    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource({
        "pap2t-5-1-6.bin, TAIL_IN_PARENTHESES, 5.1.6",
        "spa942-6-1-5a.bin, TAIL_IN_PARENTHESES, 6.1.5(a)",
        "spa962-6-1-5a.bin, TAIL_IN_PARENTHESES, 6.1.5(a)",
        "spa941-5-1-8.bin, TAIL_IN_PARENTHESES, 5.1.8",
        "spa2102-5-2-12.bin, TAIL_IN_PARENTHESES, 5.2.12",
        "spa3102-5-1-10-GW.bin, TAIL_IN_PARENTHESES, 5.1.10(GW)",
        "SPA112-SPA122_1.3.5_004p.bin, TAIL_IN_PARENTHESES, 1.3.5(004p)",
        "spa50x-30x-7-5-2b.bin, TAIL_BARE, 7.5.2b",
        "spa525g-7-6-2e-bt.bin, TAIL_BARE, 7.6.2e",
        "spa51x-7-6-2e.bin, TAIL_BARE, 7.6.2e",
        "ATA19x.11-2-2MPP0101-013.img, DASHED, 11-2-2MPP0101-013",
        "sip78xx.12-0-7MPP0201-66.loads, DASHED_WITH_PREFIX, sip78xx.12-0-7MPP0201-66",
        "sip8845_65.11-3-1MSR3-3.loads, DASHED_WITH_PREFIX, sip8845_65.11-3-1MSR3-3",
    })
    void read_realNames_giveTheVersionOfTheFamily(String name, FirmwareVersionText text, String version) {
        assertThat(FileNameVersion.read(name, text)).contains(version);
    }

    @ParameterizedTest
    @CsvSource({"spa.bin, TAIL_BARE", "latest.loads, DASHED_WITH_PREFIX", "5-1-6, TAIL_IN_PARENTHESES", "'', DASHED"})
    void read_nameWithoutVersion_isEmpty(String name, FirmwareVersionText text) {
        assertThat(FileNameVersion.read(name, text)).isEmpty();
    }
}
