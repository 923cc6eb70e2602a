package dev.provhub.emulator.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCheckTest {
    private static final ImageCheck SECTORS = new ImageCheck(ContainerKind.SECTORS, FirmwareVersionText.TAIL_BARE, "");
    private static final ImageCheck MODULES =
            new ImageCheck(ContainerKind.MODULES, FirmwareVersionText.TAIL_IN_PARENTHESES, "");
    private static final ImageCheck LOADS =
            new ImageCheck(ContainerKind.LOADS, FirmwareVersionText.DASHED_WITH_PREFIX, "sip88xx.");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertRefused(ImageCheck check, String name, byte[] image, String why) {
        assertThatThrownBy(() -> check.versionOf(name, image))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void versionOf_sectorImage_isItsHeaderText() throws ImageRefusedException {
        byte[] image = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2f", 1000);

        assertThat(SECTORS.versionOf("whatever.bin", image)).isEqualTo("7.6.2f");
        assertThat(Arrays.copyOf(image, 16)).isEqualTo(ascii("SkOsMo5 fIrMwArE"));
        ByteBuffer fields = ByteBuffer.wrap(image);
        assertThat(fields.getInt(0x50)).isEqualTo(0x80);
        assertThat(fields.getInt(0x54)).isEqualTo(0x40);
        assertThat(fields.getInt(0x58)).isEqualTo(image.length).isEqualTo(1192);
        assertThat(fields.getInt(0x7c)).isEqualTo(1);
    }

    @Test
    void versionOf_brokenSectorImage_isRefused() {
        byte[] image = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2f", 1000);

        assertRefused(SECTORS, "a.bin", Arrays.copyOf(image, image.length - 1), "file size");
        assertRefused(SECTORS, "a.bin", Arrays.copyOf(image, 40), "does not begin");
        assertRefused(SECTORS, "a.bin", new byte[0], "empty");
        assertRefused(SECTORS, "a.bin", FirmwareImages.image(ContainerKind.MODULES, "1.4.1", 9), "does not begin");
        assertRefused(SECTORS, "a.bin", changed(image, 0x5c, 0), "no version");
        assertRefused(SECTORS, "a.bin", changed(image, 0x7c, 0x7f), "table");
        assertRefused(SECTORS, "a.bin", changed(image, 0x80 + 8, 0x7f), "outside");
        assertRefused(SECTORS, "a.bin", changed(image, 0x53, 0x40), "header length");
    }

    private static byte[] changed(byte[] image, int at, int value) {
        byte[] copy = image.clone();
        copy[at] = (byte) value;
        return copy;
    }

    @Test
    void versionOf_moduleImage_isItsHeaderText() throws ImageRefusedException {
        byte[] image = FirmwareImages.image(ContainerKind.MODULES, "1.4.1(SR5)", 5000);

        assertThat(MODULES.versionOf("whatever.bin", image)).isEqualTo("1.4.1(SR5)");
        assertThat(image).hasSize(136 + 128 + 128 + 5000);
        assertThat(Arrays.copyOfRange(image, 136 + 4, 136 + 8)).isEqualTo(ascii("RSFw"));
        assertThat(Arrays.copyOfRange(image, 136, 136 + 128)).isEqualTo(Arrays.copyOfRange(image, 264, 264 + 128));
    }

    @Test
    void versionOf_brokenModuleImage_isRefused() {
        byte[] image = FirmwareImages.image(ContainerKind.MODULES, "1.4.1", 5000);

        assertRefused(MODULES, "a.bin", changed(image, image.length - 1, 0), "digest of module 0");
        assertRefused(MODULES, "a.bin", changed(image, 0x5c, '9'), "digest of the headers");
        assertRefused(MODULES, "a.bin", Arrays.copyOf(image, image.length + 1), "file size");
    }

    @Test
    void versionOf_loads_isItsName() throws ImageRefusedException {
        String name = "sip88xx.12-0-7MPP0201-66.loads";
        Map<String, byte[]> files = FirmwareImages.files(ContainerKind.LOADS, name, "", 10);

        byte[] list = files.get(name);
        assertThat(LOADS.versionOf(name, list)).isEqualTo("sip88xx.12-0-7MPP0201-66");
        assertThat(files.keySet().iterator().next()).isEqualTo(name);
        assertThat(files.keySet()).containsAll(LoadsFile.parse(list).files()).hasSize(3);
        assertRefused(LOADS, "sip78xx.12-0-7MPP0201-66.loads", list, "is not called");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n \n", "../evil", "a/b", "<html>"})
    void parse_loadsThatIsNone_isRefused(String text) {
        assertRefused(LOADS, "sip88xx.12-0-7MPP0201-66.loads", ascii(text), "");
    }

    @Test
    void versionOf_undescribed_needsAVersionInItsName() throws ImageRefusedException {
        ImageCheck check = new ImageCheck(ContainerKind.UNDESCRIBED, FirmwareVersionText.TAIL_IN_PARENTHESES, "");

        assertThat(check.versionOf("pap2t-5-1-6.bin", ascii("x"))).isEqualTo("5.1.6");
        assertRefused(check, "latest.bin", ascii("x"), "no version");
    }
}
