package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.firmware.CatalogGaps;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwarePath;
import dev.provhub.firmware.FirmwareVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareCatalogReaderTest {
    private static final String THREE_STEPS = """
            images:
              - {file: f-5.bin, family: f, version: 5.0.0}
              - {file: f-6.bin, family: f, version: 6.0.0, from: 5.0.0}
              - {file: f-6a.bin, family: f, version: 6.0.0a, from: 5.0.0}
              - {file: f-7.bin, family: f, version: 7.0.0, from: 6.0.0}
              - {file: F-8.bin, family: f, version: 8.0.0, from: 5.0.0, parts: [kern.sbn], notes: newest}
            """;

    @TempDir
    Path folder;

    @Test
    void read_shippedCatalog_isEmpty() {
        assertThat(ShippedConfig.FIRMWARE.images()).isEmpty();
        assertThat(ShippedConfig.FIRMWARE.image("x.bin")).isEmpty();
        assertThat(ShippedConfig.FIRMWARE.path("spa942", "6.1.5(a)")).isEmpty();
    }

    @Test
    void path_severalWays_isTheShortestOverTheNewest() throws IOException {
        FirmwareCatalog catalog = read(THREE_STEPS);
        assertThat(catalog.path("f", "5.0.0")).extracting(FirmwareImage::file).containsExactly("f-5.bin");
        assertThat(catalog.path("f", "7.0.0"))
                .extracting(FirmwareImage::file)
                .containsExactly("f-5.bin", "f-6a.bin", "f-7.bin");
        assertThat(catalog.path("f", "8.0.0")).extracting(FirmwareImage::file).containsExactly("f-5.bin", "F-8.bin");
        assertThat(catalog.path("f", "9.0.0")).isEmpty();
        assertThat(catalog.path("g", "5.0.0")).isEmpty();
    }

    @Test
    void image_nameInOtherCase_isFound() throws IOException {
        FirmwareCatalog catalog = read(THREE_STEPS);
        assertThat(catalog.image("f-8.BIN").map(FirmwareImage::notes)).contains("newest");
        assertThat(catalog.file("KERN.sbn")).contains(folder.toAbsolutePath().resolve("kern.sbn"));
        assertThat(catalog.image("kern.sbn")).isEmpty();
    }

    @Test
    void read_missingFile_isRefusedWithFileAndLine() throws IOException {
        assertThatThrownBy(() -> readOnly("""
                images:
                  - {file: gone.bin, family: f, version: 5.0.0}
                """)).hasMessageContaining("catalog.yaml:2: there is no file gone.bin in");
    }

    @Test
    void read_versionThatNothingLeadsTo_isRefused() {
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-4.bin, family: f, version: 4.0.0}
                  - {file: f-7.bin, family: f, version: 7.0.0, from: 6.0.0}
                """))
                .hasMessageContaining("catalog.yaml:3: no image leads to 6.0.0, which f-7.bin needs");
    }

    @Test
    void read_malformedEntries_areRefused() {
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, from: 7.0.0}]"))
                .hasMessageContaining("'from' 7.0.0 is not a full version below 7.0.0");
        assertThatThrownBy(() -> read("images: [{file: ../f.bin, family: f, version: 7.0.0}]"))
                .hasMessageContaining("may hold letters");
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, sha256: abc}]"))
                .hasMessageContaining("64 lower-case hex digits");
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-7.bin, family: f, version: 7.0.0(a)}
                  - {file: f-8.bin, family: f, version: 7.0.0a}
                """)).hasMessageContaining("version 7.0.0(a) of family f is there twice");
    }

    @Test
    void read_whatIsNoVersion_isRefusedWithLineValueAndWhatIsAllowed() {
        String allowed = "is none; allowed: three numbers and what follows, as 7.6.2g or 11-3-7MPP0101-284";
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: banana}]"))
                .hasMessageContaining("catalog.yaml:1: version 'banana' " + allowed);
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: \"\"}]"))
                .hasMessageContaining("version '' " + allowed);
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.5}]"))
                .hasMessageContaining("version '7.5' " + allowed);
        assertThatThrownBy(() -> family("bad: {7.5: crashes}"))
                .hasMessageContaining("catalog.yaml:4: bad version '7.5' " + allowed);
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-5.bin, family: f, version: 5.0.0}
                families:
                  f: {floor: 11-0-0MPP-7}
                """))
                .hasMessageContaining("catalog.yaml:4: floor 11-0-0MPP-7 is of another form than the versions of the"
                        + " family's images, such as 5.0.0");
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, until: 6}]"))
                .hasMessageContaining("'until' 6 is not a full version of the same form as 7.0.0");
    }

    @Test
    void read_fileOfTheHubItself_isRefusedAsImageAndAsPart() {
        assertThatThrownBy(() -> read("images: [{file: catalog.yaml, family: f, version: 7.0.0}]"))
                .hasMessageContaining("catalog.yaml:1: file name 'catalog.yaml' is not allowed");
        assertThatThrownBy(() -> read("images: [{file: f-7.bin, family: f, version: 7.0.0, parts: [catalog.YAML]}]"))
                .hasMessageContaining("file name 'catalog.YAML' is not allowed");
    }

    @Test
    void gaps_stepWithoutAnImage_isToldWhereSomethingLiesBeyondIt() throws IOException {
        String steps = "families:\n  f: {steps: [{below: 5.0.0, through: 5.0.0}]%s}\n";
        String four = "  - {file: f-4.bin, family: f, version: 4.0.0}\n";
        String five = "  - {file: f-5.bin, family: f, version: 5.0.0}\n";
        String six = "  - {file: f-6.bin, family: f, version: 6.0.0}\n";
        String gap =
                "firmware of family f: no image of 5.0.0 is offered, so devices that run less than 5.0.0 get nothing"
                        + " from there on";

        assertThat(CatalogGaps.of(read("images:\n" + four + six + steps.formatted(""))))
                .containsExactly(gap);
        assertThat(CatalogGaps.of(read("images:\n" + five + six + steps.formatted(", bad: {5.0.0: hangs}"))))
                .containsExactly(gap);
        assertThat(CatalogGaps.of(read("images:\n" + five + six + steps.formatted(""))))
                .isEmpty();
        assertThat(CatalogGaps.of(read("images:\n" + four + steps.formatted(""))))
                .isEmpty();
    }

    @Test
    void read_shippedFamilies_areOfModelsThatThereAre() {
        FirmwareCatalog shipped = FirmwareCatalogReader.read(
                Path.of("firmware/catalog.yaml"),
                Set.of(
                        "spa50x-30x",
                        "sip88xx",
                        "spa942",
                        "spa51x",
                        "spa525g",
                        "spa112-122",
                        "spa232d",
                        "spa901",
                        "spa941",
                        "spa962",
                        "pap2t",
                        "spa2102",
                        "spa3102",
                        "spa8000",
                        "spa8800",
                        "ata19x",
                        "sip78xx",
                        "sip7832",
                        "sip8845_65",
                        "sip8832",
                        "sip6821",
                        "sip68xx"));
        assertThat(shipped.family("spa50x-30x").steps()).hasToString("[below 7.5.2b through 7.5.2b]");
        assertThat(shipped.family("sip88xx").steps()).hasToString("[below 11-0-0MPP-0 through 11-0-0]");
        assertThat(shipped.family("spa50x-30x").objection(FirmwareVersion.parse("7.4.3(a)")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("known bad"));
    }

    @Test
    void read_unknownFamily_isRefusedWithWhatIsAllowed() throws IOException {
        read("images: []");
        Path catalog = Files.writeString(folder.resolve("catalog.yaml"), """
                images:
                  - {file: f-5.bin, family: f, version: 5.0.0}
                families:
                  g: {floor: 5.0.0}
                """);
        assertThatThrownBy(() -> FirmwareCatalogReader.read(catalog, Set.of("f")))
                .hasMessageContaining("catalog.yaml:4: family 'g' is not one that a model of models.yaml has as its"
                        + " firmware; allowed: f");
        assertThatThrownBy(() -> FirmwareCatalogReader.read(catalog, Set.of("g")))
                .hasMessageContaining("catalog.yaml:2: family 'f'");
    }

    @Test
    void read_stepsThatCannotBe_areRefusedWithLineValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> family("steps: [{below: 11-0-0, through: 11-0-0}]"))
                .hasMessageContaining("catalog.yaml:4: step below 11-0-0 through 11-0-0: '11-0-0' is not a version in"
                        + " full; allowed: all its parts");
        assertThatThrownBy(() -> family("steps: [{below: 7.5.2b, through: 7.5.2}]"))
                .hasMessageContaining("goes round in a circle: a device that has passed 7.5.2 is still below 7.5.2b");
        assertThatThrownBy(() -> family("steps: [{below: 11-0-0MPP-0, through: 10-3-1}]"))
                .hasMessageContaining("goes round in a circle");
        assertThatThrownBy(() -> family("order: [11-3-1MSR3-3, 11-3-1MPP-110, 11-3-1MSR3-3]"))
                .hasMessageContaining("'order' goes round in a circle: it has 11-3-1MSR3-3 twice");
        assertThatThrownBy(() -> family("order: [11-3-2MPP0001-609, 11-3-1MSR3-3]"))
                .hasMessageContaining(
                        "it has 11-3-2MPP0001-609 before 11-3-1MSR3-3, which phones compare the other way");
        assertThatThrownBy(() -> family("floor: 11-0")).hasMessageContaining("floor 11-0 is not a version in full");
        assertThatThrownBy(() -> family("name: spa.bin")).hasMessageContaining("{version} once");
        assertThatThrownBy(() -> family("bad: {7.4.3a: }")).hasMessageContaining("bad without a reason");
    }

    @Test
    void read_imageThatNobodyCanComeTo_isRefused() {
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-5.bin, family: f, version: 5.0.0, from: 4.0.0}
                families:
                  f: {steps: [{below: 4.0.0, through: 5.0.0}]}
                """))
                .hasMessageContaining("catalog.yaml:2: step below 4.0.0 through 5.0.0 goes round in a circle");
        assertThatThrownBy(() -> read("""
                images:
                  - {file: f-5.bin, family: f, version: 5.0.0, until: 4.0.0}
                families:
                  f: {steps: [{below: 4.5.0, through: 4.5.0}]}
                """)).hasMessageContaining("catalog.yaml:2: no device can ever come to 5.0.0");
    }

    @Test
    void path_unorderedVersions_findTheirPlaceByTheFamilysOrder() throws IOException {
        FirmwareCatalog catalog = read("""
                images:
                  - {file: f-5.bin, family: f, version: 11-3-1MPP-110}
                  - {file: f-6.bin, family: f, version: 11-3-1MSR3-3}
                  - {file: f-7.bin, family: f, version: 11-3-7MPP0101-284}
                families:
                  f: {order: [11-3-1MPP-110, 11-3-1MSR3-3], steps: [{below: 11-3-1MPP-110, through: 11-3-1MPP-110}]}
                """);
        assertThat(files(catalog, "11-2-3MPP-256", "11-3-1MSR3-3")).containsExactly("f-5.bin", "f-6.bin");
        assertThat(files(catalog, "sip88xx.11-3-1MSR3-3", "11-3-7MPP0101-284")).containsExactly("f-7.bin");
        assertThat(files(catalog, "11-3-1MSR3-3", "11-3-1MPP-110")).isEmpty();
        assertThat(files(catalog, "10-1-1MPP-5", "11-3-7MPP0101-284")).containsExactly("f-5.bin", "f-7.bin");
    }

    @Test
    void path_back_onlyDownToTheFloorAndOnlyWhereThereIsOne() throws IOException {
        FirmwareCatalog catalog = read("""
                images:
                  - {file: f-4.bin, family: f, version: 4.0.0}
                  - {file: f-5.bin, family: f, version: 5.0.0}
                  - {file: f-6.bin, family: f, version: 6.0.0}
                  - {file: f-7.bin, family: g, version: 7.0.0}
                families:
                  f: {floor: 5.0.0}
                """);
        assertThat(catalog.path("f", "6.0.0", "5.0.0", true).images()).hasSize(1);
        assertThat(catalog.path("f", "6.0.0", "5.0.0", false).images()).isEmpty();
        assertThat(catalog.path("f", "6.0.0", "4.0.0", true))
                .isEqualTo(
                        new FirmwarePath.None("f-4.bin is not offered: not known to be at or above the floor 5.0.0"));
        assertThat(catalog.path("g", "8.0.0", "7.0.0", true).images()).isEmpty();
        assertThat(catalog.path("f", "5.0.0", "5.0.0", true)).isInstanceOf(FirmwarePath.Arrived.class);
    }

    private static java.util.List<String> files(FirmwareCatalog catalog, String running, String target) {
        return catalog.path("f", running, target, false).images().stream()
                .map(FirmwareImage::file)
                .toList();
    }

    private void family(String fact) throws IOException {
        read("images: []\nfamilies:\n  f:\n    " + fact + "\n");
    }

    private FirmwareCatalog read(String catalog) throws IOException {
        for (String file :
                new String[] {"f-4.bin", "f-5.bin", "f-6.bin", "f-6a.bin", "f-7.bin", "f-8.bin", "F-8.bin", "kern.sbn"
                }) {
            Files.writeString(folder.resolve(file), file);
        }
        return readOnly(catalog);
    }

    private FirmwareCatalog readOnly(String catalog) throws IOException {
        return FirmwareCatalogReader.read(Files.writeString(folder.resolve("catalog.yaml"), catalog));
    }
}
