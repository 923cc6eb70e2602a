package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.emulator.PhoneModel.FirmwareKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FirmwareTest {

    @ParameterizedTest
    @EnumSource(
            value = FirmwareKind.class,
            names = {"SKOSMO5", "PAYTOND"})
    void version_container_readFromInside(FirmwareKind kind) throws FetchException {
        byte[] image = FirmwareImages.image(kind, "7.6.2f", 4096);
        assertThat(image).hasSize(4096);
        assertThat(FirmwareCheck.version(kind, "any.bin", image)).isEqualTo("7.6.2f");
        assertThatThrownBy(() -> FirmwareCheck.version(kind, "any.bin", Arrays.copyOf(image, 4095)))
                .hasMessage("corrupt file");
        image[0] = 'X';
        assertThatThrownBy(() -> FirmwareCheck.version(kind, "any.bin", image))
                .hasMessage("not an image of this model");
    }

    @ParameterizedTest
    @CsvSource({
        "BY_NAME, pap2t-5-1-6.bin, 5.1.6",
        "BY_NAME, spa942-6-1-5a.bin, 6.1.5a",
        "BY_NAME, spa3102-5-1-10-GW.bin, 5.1.10(GW)",
        "BY_NAME, ATA19x.11-1-0MPP0401-002.img, 11-1-0MPP0401-002",
        "LOADS, sip88xx.12-0-1MPP0001-245.loads, sip88xx.12-0-1MPP0001-245"
    })
    void version_fileName_says(FirmwareKind kind, String name, String version) throws FetchException {
        assertThat(FirmwareCheck.version(kind, name, new byte[1])).isEqualTo(version);
    }

    @Test
    void loads_names_onePerLine() throws FetchException {
        String text = FirmwareImages.loads(List.of("a.sbn", "b.sbn"));
        assertThat(FirmwareCheck.loads(text.getBytes(StandardCharsets.US_ASCII)))
                .containsExactly("a.sbn", "b.sbn");
        assertThatThrownBy(() -> FirmwareCheck.loads("../x".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("corrupt file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SPA942 | 6.1.5(a) | Linksys/SPA-942-6.1.5(a) (88019FA42805)",
                "SPA508G | 7.4.8a | Cisco/SPA508G-7.4.8a (0002FDFF2103)(88019FA42805)",
                "SPA525G2 | 7.4.7 | Cisco/SPA525G2-7.4.7 (88019FA42805)",
                "SPA112 | 1.4.1(SR5) | Cisco/SPA112-1.4.1(SR5) (0002FDFF2103)",
                "ATA191 | 11-1-0-MSR4 | Cisco/ATA191-MPP-11-1-0-MSR4 (88019FA42805)",
                "CP_8841_3PCC | sip88xx.11-0-1MPP-376 | Cisco-CP-8841-3PCC/11.0.1 (0002fdff2103)"
            })
    void userAgent_ofEachGeneration(PhoneModel model, String version, String expected) {
        assertThat(model.userAgent(version, "0002fdff2103", "88019FA42805")).isEqualTo(expected);
    }
}
