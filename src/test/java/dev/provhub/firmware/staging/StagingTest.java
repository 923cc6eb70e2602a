package dev.provhub.firmware.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.ExternalProgram;
import dev.provhub.config.FirmwareCatalogReader;
import dev.provhub.config.StagedImagesReader;
import dev.provhub.emulator.firmware.ContainerKind;
import dev.provhub.emulator.firmware.FirmwareImages;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.staging.StagingRequest.Told;
import dev.provhub.firmware.staging.StagingResult.Refused;
import dev.provhub.firmware.staging.StagingResult.Staged;
import dev.provhub.firmware.staging.StagingResult.Why;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingTest {
    private static final Set<String> FAMILIES = Set.of("spa50x-30x", "spa232d", "sip88xx", "spa942", "spa112-122");
    private static final long MOST = 4L << 20;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);
    private static final byte[] SECTORS = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 3000);
    private static final byte[] MODULES = FirmwareImages.image(ContainerKind.MODULES, "1.4.1(SR5)", 3000);
    private static final String NAME = "spa50x-30x-7-6-2g.bin";

    @TempDir
    private Path folder;

    @BeforeEach
    void shippedFamilies() throws IOException {
        Files.copy(Path.of("firmware/catalog.yaml"), folder.resolve("catalog.yaml"));
    }

    @Test
    void stage_sectorImage_isServedUnderItsNameWithARecord() throws IOException {
        Staged staged = staged(NAME, SECTORS, Told.NOTHING);

        assertThat(staged.isNew()).isTrue();
        assertThat(Files.readAllBytes(folder.resolve(NAME))).isEqualTo(SECTORS);
        FirmwareImage image = catalog().image(NAME).orElseThrow();
        assertThat(image.family()).isEqualTo("spa50x-30x");
        assertThat(image.version()).hasToString("7.6.2g");
        assertThat(image.sha256()).isEqualTo(sha256(SECTORS));
        assertThat(image.isOffered()).isTrue();
        assertThat(image.standing().verified()).isTrue();
        assertThat(leftovers()).isEmpty();
        assertThat(StagedImagesReader.records(folder))
                .containsExactly(staged.images().get(0));
    }

    @Test
    void stage_nameWithoutVersion_isNamedByItsFamily() throws IOException {
        Told told = new Told("spa50x-30x", null, null, null, null, "from the vendor's \"site\", C:\\x");

        Staged staged = staged("upload.bin", SECTORS, told);

        assertThat(staged.images().get(0).file().name()).isEqualTo(NAME);
        assertThat(catalog().image(NAME).orElseThrow().notes()).isEqualTo("from the vendor's \"site\", C:\\x");
    }

    @Test
    void stage_moduleImage_isCheckedToItsLastByte() throws IOException {
        staged("Payton_232D_1.4.1_SR5.bin", MODULES, Told.NOTHING);
        for (int at : new int[] {0x35, 0x45, 150, 300, MODULES.length - 1}) {
            byte[] flipped = MODULES.clone();
            flipped[at] ^= 1;
            assertThat(refused("Payton_232D_1.4.1_SR5b.bin", flipped, Told.NOTHING)
                            .reason())
                    .as("byte " + at)
                    .startsWith("the image is not whole: ");
        }
    }

    @Test
    void stage_wrongSize_isRefusedWithBoth() throws IOException {
        byte[] cut = Arrays.copyOf(SECTORS, SECTORS.length - 1);

        assertThat(refused(NAME, cut, Told.NOTHING).reason())
                .isEqualTo("the image is not whole: file size in the header is " + SECTORS.length + ", and should be "
                        + cut.length);
        assertNothingKept();
    }

    @Test
    void stage_wrongMagic_isRefused() throws IOException {
        byte[] other = SECTORS.clone();
        other[0] = 'X';

        assertThat(refused(NAME, other, Told.NOTHING).reason())
                .isEqualTo("the file does not begin as an image of family spa50x-30x does: it is packed as undescribed,"
                        + " and should be as sectors");
        assertThat(refused(NAME, MODULES, Told.NOTHING).reason())
                .contains("it is packed as modules, and should be as sectors");
        assertNothingKept();
    }

    @Test
    void stage_versionThatNameOrOperatorContradict_isRefused() throws IOException {
        assertThat(refused("spa50x-30x-7-6-2f.bin", SECTORS, Told.NOTHING).reason())
                .isEqualTo("the name says version 7-6-2f, and the image is of version 7.6.2g");
        assertThat(refused("spa50x-30x-7-6-2.bin", SECTORS, Told.NOTHING).reason())
                .isEqualTo("the name says version 7-6-2, and the image is of version 7.6.2g");
        assertThat(refused(NAME, SECTORS, new Told(null, "7.6.2f", null, null, null, ""))
                        .reason())
                .isEqualTo("the image is of version 7.6.2g, and was said to be 7.6.2f");
        byte[] text = FirmwareImages.image(ContainerKind.SECTORS, "newest", 100);
        assertThat(refused("spa50x-30x-newest.bin", text, Told.NOTHING).reason())
                .startsWith("the version text 'newest' is not one that phones can compare");
        assertNothingKept();
    }

    @Test
    void stage_knownBadVersion_isRefused() throws IOException {
        byte[] bad = FirmwareImages.image(ContainerKind.SECTORS, "7.4.3a", 100);

        assertThat(refused("spa50x-30x-7-4-3a.bin", bad, Told.NOTHING).reason())
                .isEqualTo(
                        "version 7.4.3a of family spa50x-30x is known bad: asks for its profile without its model in the path");
    }

    @Test
    void stage_otherContentUnderTheSameName_isAConflict() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);
        byte[] other = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 3001);

        Refused refused = refused(NAME, other, Told.NOTHING);

        assertThat(refused.why()).isEqualTo(Why.CONFLICT);
        assertThat(refused.reason()).contains("another file " + NAME + " with other content");
        assertThat(Files.readAllBytes(folder.resolve(NAME))).isEqualTo(SECTORS);
        assertThat(refused("SPA50x-30x-7-6-2G.bin", other, Told.NOTHING).why()).isEqualTo(Why.CONFLICT);
        assertThat(refused("spa50x-30x-7-6-2g-again.bin", SECTORS, Told.NOTHING).reason())
                .isEqualTo("version 7.6.2g of family spa50x-30x is there already, as " + NAME);
        assertThat(staged(NAME, SECTORS, Told.NOTHING).isNew()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.bin", "a/b.bin", "..", "/etc/passwd", "a\\b.bin", "C:x.bin", "x\u0000.bin", ""})
    void stage_nameThatIsAPath_isRefused(String name) throws IOException {
        assertThat(refused(name, SECTORS, Told.NOTHING).why()).isEqualTo(Why.UNFIT);
        assertNothingKept();
    }

    @Test
    void stage_undescribedContainer_needsVersionAndChecksumAndStaysUnverified() throws IOException {
        byte[] image = FirmwareImages.image(ContainerKind.UNDESCRIBED, "x", 5000);
        String name = "spa942-6-1-5a.bin";

        assertThat(refused(name, image, Told.NOTHING).reason()).endsWith("its version and its SHA-256 must be said");
        assertThat(refused(name, image, new Told(null, "6.1.5(a)", null, null, null, ""))
                        .why())
                .isEqualTo(Why.UNFIT);
        assertThat(refused(name, image, new Told(null, "6.1.5(a)", "0".repeat(64), null, null, ""))
                        .reason())
                .startsWith("its SHA-256 is " + sha256(image));
        Staged staged = staged(name, image, new Told(null, "6.1.5(a)", sha256(image), null, null, ""));
        assertThat(staged.images().get(0).verified()).isFalse();
        assertThat(catalog().image(name).orElseThrow().isOffered()).isTrue();
        assertThat(catalog().image(name).orElseThrow().standing().verified()).isFalse();
    }

    @Test
    void stage_archiveOfAList_takesItsFilesAndPassesOverTheRest() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("cmterm/README.txt", "read me".getBytes(StandardCharsets.US_ASCII));
        loads().forEach((name, bytes) -> files.put("cmterm/" + name, bytes));

        Staged staged = staged("cmterm-88xx.zip", zip(files), Told.NOTHING);

        assertThat(staged.passedOver()).containsExactly("README.txt");
        FirmwareImage image = catalog().image("sip88xx.12-0-7MPP0201-66.loads").orElseThrow();
        assertThat(image.version()).hasToString("12-0-7MPP0201-66");
        assertThat(image.parts()).allMatch(Files::isRegularFile).hasSize(2);
        assertThat(catalog().file("KERN-sip88xx.12-0-7MPP0201-66.sbn")).isPresent();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void stage_listWithoutItsFiles_isRefusedWithTheirNames() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(loads());
        files.remove("rootfs-sip88xx.12-0-7MPP0201-66.sbn");

        assertThat(refused("x.zip", zip(files), Told.NOTHING).reason())
                .contains("rootfs-sip88xx.12-0-7MPP0201-66.sbn")
                .doesNotContain("kern-sip");
        assertNothingKept();
    }

    @Test
    void stage_listThatLeadsElsewhere_isRefused() throws IOException {
        byte[] list = "../../etc/passwd\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(refused("sip88xx.12-0-7MPP0201-66.loads", list, Told.NOTHING).reason())
                .contains("no plain file name");
    }

    @Test
    void stage_binaryList_isReadByTheNamesInIt() throws IOException {
        byte[] list = "\u0001\u0002sbn\u0000\u0017kern88xx.12-0-7MPP0201-66.sbn\u0000\u0003rootfs88xx.12-0-7.sbn\u0001"
                .getBytes(StandardCharsets.ISO_8859_1);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("sip88xx.12-0-7MPP0201-66.loads", list);
        files.put("kern88xx.12-0-7MPP0201-66.sbn", new byte[] {1});
        files.put("rootfs88xx.12-0-7.sbn", new byte[] {2});

        Staged staged = staged("x.zip", zip(files), Told.NOTHING);

        assertThat(staged.images().get(0).parts())
                .extracting(StagedImage.File::name)
                .containsExactly("kern88xx.12-0-7MPP0201-66.sbn", "rootfs88xx.12-0-7.sbn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../" + NAME, "a/../../" + NAME, "/" + NAME, "..\\" + NAME, "C:\\" + NAME, "a\nb\n/../" + NAME})
    void stage_archiveWithAWayOut_isRefused(String path) throws IOException {
        assertThat(refused("x.zip", zip(Map.of(path, SECTORS)), Told.NOTHING).reason())
                .startsWith("the archive has a path that leads elsewhere: '");
        assertNothingKept();
        assertThat(folder.getParent().resolve(NAME)).doesNotExist();
    }

    @Test
    void stage_archiveBomb_isRefusedBeforeItIsLarge() throws IOException {
        byte[] bomb = zip(Map.of(NAME, new byte[64 << 20]));
        assertThat(bomb.length).isLessThan(100_000);

        Refused refused = refused("x.zip", bomb, Told.NOTHING);

        assertThat(refused.why()).isEqualTo(Why.TOO_LARGE);
        assertNothingKept();
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("f" + i, new byte[1]);
        }
        assertThat(refused("x.zip", zip(many), Told.NOTHING).reason()).contains("more than 200 files");
        assertThat(refused("x.zip", zip(Map.of("inner.zip", zip(Map.of(NAME, SECTORS)))), Told.NOTHING)
                        .reason())
                .startsWith("the archive holds no image");
    }

    @Test
    void stage_archiveWithBytesInAFolder_isRefused() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a/", new byte[1000]);
        files.put(NAME, SECTORS);

        assertThat(refused("x.zip", zip(files), Told.NOTHING).reason()).contains("a folder with bytes in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog.yaml", "staged", "Staged"})
    void stage_listOfTheHubsOwnFile_isRefused(String own) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("sip88xx.12-0-7MPP0201-66.loads", (own + "\n").getBytes(StandardCharsets.US_ASCII));
        files.put(own, new byte[] {1});

        assertThat(refused("x.zip", zip(files), Told.NOTHING).reason()).contains("the hub's own");
        assertNothingKept();
    }

    @Test
    void stage_listOfAFileThatNobodyStaged_doesNotPublishIt() throws IOException {
        Files.writeString(folder.resolve("README.md"), "for operators");
        byte[] list = "README.md\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(refused("sip88xx.12-0-7MPP0201-66.loads", list, Told.NOTHING).reason())
                .contains("files that did not come with it and are not here: README.md");
        assertThat(catalog().file("README.md")).isEmpty();
    }

    @Test
    void stage_listWhosePartsWereStagedBefore_needsThemNoMore() throws IOException {
        staged("x.zip", zip(loads()), Told.NOTHING);
        byte[] list = loads().get("sip88xx.12-0-7MPP0201-66.loads");

        Staged again = staged("sip88xx.12-0-7MPP0201-67.loads", list, Told.NOTHING);

        assertThat(again.images().get(0).parts()).hasSize(2);
    }

    @Test
    void stage_recordThatCannotBeWritten_leavesNoFileBehind() throws IOException {
        // In the place of the folder that records go to
        Path inTheWay = Files.writeString(folder.resolve(StagedImage.FOLDER), "x");

        Refused refused = refused("x.zip", zip(loads()), Told.NOTHING);

        assertThat(refused.why()).isEqualTo(Why.NO_SPACE);
        Files.delete(inTheWay);
        assertNothingKept();
        assertThat(staged("x.zip", zip(loads()), Told.NOTHING).isNew()).isTrue();
    }

    @Test
    void stage_secondRecordOfAnArchiveThatFails_takesTheFirstBack() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>(loads());
        files.put(NAME, SECTORS);
        List<StagedImage> told = new ArrayList<>();

        assertThatThrownBy(() -> staging(folder, in -> Long.MAX_VALUE)
                        .stage(request("x.zip", zip(files), Told.NOTHING), image -> {
                            told.add(image);
                            if (told.size() == 2) {
                                throw new IllegalStateException("no audit");
                            }
                        }))
                .hasMessage("no audit");

        assertThat(StagedImagesReader.records(folder)).isEmpty();
        assertThat(folder.resolve(NAME)).doesNotExist();
        assertThat(folder.resolve("sip88xx.12-0-7MPP0201-66.loads")).doesNotExist();
        assertThat(folder.resolve("kern-sip88xx.12-0-7MPP0201-66.sbn")).doesNotExist();
    }

    @Test
    void stage_listBesideALink_doesNotFollowIt(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "x");
        Path dropped = Files.createDirectory(elsewhere.resolve("incoming"));
        Files.createSymbolicLink(dropped.resolve("kern.sbn"), secret);
        byte[] list = "kern.sbn\n".getBytes(StandardCharsets.US_ASCII);

        StagingResult result = staging(folder, in -> Long.MAX_VALUE)
                .stage(
                        new StagingRequest(
                                "sip88xx.12-0-7MPP0201-66.loads",
                                list.length,
                                () -> new ByteArrayInputStream(list),
                                dropped,
                                Told.NOTHING),
                        image -> {});

        assertThat(result).isInstanceOf(Refused.class);
        assertThat(folder.resolve("kern.sbn")).doesNotExist();
    }

    @Test
    void stage_archiveOfWhichOneImageIsAConflict_keepsNone() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);
        Map<String, byte[]> files = new LinkedHashMap<>(loads());
        files.put(NAME, FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 2000));

        assertThat(refused("x.zip", zip(files), Told.NOTHING).why()).isEqualTo(Why.CONFLICT);
        assertThat(folder.resolve("sip88xx.12-0-7MPP0201-66.loads")).doesNotExist();
    }

    @Test
    void stage_damagedArchive_isRefused() throws IOException {
        byte[] zip = zip(Map.of(NAME, SECTORS));

        assertThat(refused("x.zip", Arrays.copyOf(zip, 60), Told.NOTHING).why()).isEqualTo(Why.UNFIT);
        byte[] flipped = zip.clone();
        flipped[80] ^= 0x7f;
        assertThat(refused("x.zip", flipped, Told.NOTHING).why()).isEqualTo(Why.UNFIT);
        assertNothingKept();
    }

    @Test
    void stage_archiveThatEndsBetweenTwoFiles_isRefused() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(NAME, SECTORS);
        files.put("Payton_232D_1.4.1_SR5.bin", MODULES);
        byte[] zip = zip(files);
        int second = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0003\u0004", 4);

        for (int length : new int[] {second, second + 12, zip.length - 1}) {
            assertThat(refused("x.zip", Arrays.copyOf(zip, length), Told.NOTHING)
                            .reason())
                    .as("cut at " + length)
                    .isEqualTo("the archive is cut off: it does not end with a directory of its files");
        }
        byte[] miscounted = zip.clone();
        miscounted[zip.length - 12] = 1;
        assertThat(refused("x.zip", miscounted, Told.NOTHING).reason())
                .isEqualTo("the archive is damaged: its directory has 1 files and folders, and 2 can be read");
        assertNothingKept();
        assertThat(staged("x.zip", zip, Told.NOTHING).images()).hasSize(2);
    }

    @Test
    void stage_archiveWithALink_isRefused() throws IOException {
        byte[] zip = zip(Map.of(NAME, SECTORS));
        int entry = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        // Made by Unix, with the rights of a link
        zip[entry + 5] = 3;
        zip[entry + 40] = (byte) 0xff;
        zip[entry + 41] = (byte) 0xa1;

        assertThat(refused("x.zip", zip, Told.NOTHING).reason())
                .isEqualTo("the archive has a link in it; allowed: the files themselves");
        zip[entry + 41] = (byte) 0x81;
        assertThat(staged("x.zip", zip, Told.NOTHING).isNew()).isTrue();
    }

    @Test
    void stage_archiveWithoutFiles_isRefused() throws IOException {
        assertThat(refused("x.zip", zip(Map.of()), Told.NOTHING).reason())
                .isEqualTo("the archive is empty, or no archive that can be read");
    }

    @Test
    void stage_archiveWithOddNames_passesThemOverPrintably() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(NAME, SECTORS);
        files.put("r\u00e9adme.txt", new byte[] {1});

        assertThat(staged("x.zip", zip(files), Told.NOTHING).passedOver()).containsExactly("r?adme.txt");
    }

    @Test
    void stage_archiveWithOneVersionTwice_isAConflict() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(NAME, SECTORS);
        files.put("spa50x-30x-7-6-2g-again.bin", FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 2000));

        Refused refused = refused("x.zip", zip(files), Told.NOTHING);

        assertThat(refused.why()).isEqualTo(Why.CONFLICT);
        assertThat(refused.reason()).isEqualTo("version 7.6.2g of family spa50x-30x is there already, as " + NAME);
        assertNothingKept();
    }

    @Test
    void stage_versionThatCameMeanwhile_isAConflict() throws IOException {
        FirmwareCatalog before = catalog();
        staged(NAME, SECTORS, Told.NOTHING);
        Staging late =
                new Staging(folder, () -> before, () -> StagedImagesReader.records(folder), FAMILIES, MOST, CLOCK);

        StagingResult result = late.stage(request("spa50x-30x-7-6-2g-again.bin", SECTORS, Told.NOTHING), image -> {});

        assertThat(result)
                .isEqualTo(
                        new Refused(Why.CONFLICT, "version 7.6.2g of family spa50x-30x is there already, as " + NAME));
    }

    @Test
    void stage_sameContentUnderANameInOtherCase_isToldTheName() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);

        assertThat(refused("SPA50x-30x-7-6-2G.bin", SECTORS, Told.NOTHING).reason())
                .isEqualTo("the same is there as " + NAME
                        + "; allowed: just that name, as devices ask without regard to case");
    }

    @Test
    void stage_listWhoseNameSaysNoVersion_isRefused() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("sip88xx.foo.loads", "kern.sbn".getBytes(StandardCharsets.US_ASCII));
        files.put("kern.sbn", new byte[] {1});

        assertThat(refused("x.zip", zip(files), Told.NOTHING).reason())
                .isEqualTo("the version text 'foo' does not begin with three numbers; allowed: as 12-0-7MPP0201-66"
                        + " or 11-3-1MSR3-3");
        files.put("sip88xx.11-3-1MSR3-3.loads", files.remove("sip88xx.foo.loads"));
        Staged staged = staged("x.zip", zip(files), Told.NOTHING);
        assertThat(staged.images().get(0).verified()).isFalse();
    }

    @Test
    void stage_noRoom_isRefusedBeforeAnythingIsWritten() throws IOException {
        Staging staging = staging(folder, in -> Workshop.RESERVE_BYTES + 100);

        Refused refused = (Refused) staging.stage(request(NAME, SECTORS, Told.NOTHING), image -> {});

        assertThat(refused.why()).isEqualTo(Why.NO_SPACE);
        assertThat(refused.reason())
                .contains((Workshop.RESERVE_BYTES + 100) + " bytes are left", SECTORS.length + " are needed");
        assertNothingKept();
    }

    @Test
    void stage_diskFillsMeanwhile_isRefusedAndClearedAway() throws Exception {
        ExternalProgram.require("mount");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        ExternalProgram.Result mounted =
                ExternalProgram.run(null, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
        org.junit.jupiter.api.Assumptions.assumeTrue(mounted.exit() == 0, "needs leave to mount a tmpfs");
        try {
            Files.copy(Path.of("firmware/catalog.yaml"), disk.resolve("catalog.yaml"));
            byte[] large = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 200_000);
            // As if the room went away after it was looked at
            Staging staging = staging(disk, in -> Long.MAX_VALUE);

            Refused refused = (Refused) staging.stage(request(NAME, large, Told.NOTHING), image -> {});

            assertThat(refused.why()).isEqualTo(Why.NO_SPACE);
            assertThat(refused.reason()).startsWith("it cannot be written to the disk of the images: ");
            assertThat(disk.resolve(NAME)).doesNotExist();
            try (Stream<Path> left = Files.list(disk.resolve(Workshop.FOLDER))) {
                assertThat(left).isEmpty();
            }
            byte[] small = FirmwareImages.image(ContainerKind.SECTORS, "7.6.2g", 2000);
            assertThat(staging.stage(request(NAME, small, Told.NOTHING), image -> {}))
                    .isInstanceOf(Staged.class);
        } finally {
            ExternalProgram.run(null, "umount", disk.toString());
        }
    }

    @Test
    void stage_cutOffRequest_isRefused() throws IOException {
        StagingRequest request = new StagingRequest(
                NAME, SECTORS.length + 1L, () -> new ByteArrayInputStream(SECTORS), null, Told.NOTHING);

        assertThat(((Refused) staging(folder, in -> Long.MAX_VALUE).stage(request, image -> {})).reason())
                .startsWith("it was cut off: ");
        assertNothingKept();
    }

    @Test
    void stage_sameImageAgain_takesWhatIsSaidNowAndKeepsWhatIsNot() throws IOException {
        Staging staging = staging(folder, in -> Long.MAX_VALUE);
        staging.stage(
                request(NAME, SECTORS, new Told(null, null, null, "7.5.2b", null, "from the vendor")), image -> {});
        List<StagedImage> told = new ArrayList<>();

        staging.stage(request(NAME, SECTORS, Told.NOTHING), told::add);
        assertThat(told).isEmpty();
        Staged again = (Staged) staging.stage(
                request(NAME, SECTORS, new Told(null, null, null, null, "7.6.1", "tried in the laboratory")),
                told::add);

        assertThat(again.isNew()).isFalse();
        assertThat(told).hasSize(1);
        StagedImage record = staging.find(NAME).orElseThrow();
        assertThat(record.notes()).isEqualTo("tried in the laboratory");
        assertThat(record.from()).isEqualTo("7.5.2b");
        assertThat(record.until()).isEqualTo("7.6.1");
        assertThat(again.images()).containsExactly(record);
    }

    @Test
    void stage_sameImageAgainAsAnotherFamily_isRefused() throws IOException {
        String name = "Payton_1.4.1_SR5_pfmwr.bin";
        staged(name, MODULES, new Told("spa232d", null, null, null, null, ""));

        Refused refused = refused(name, MODULES, new Told("spa112-122", null, null, null, null, ""));

        assertThat(refused.why()).isEqualTo(Why.CONFLICT);
        assertThat(refused.reason()).contains("is there as version 1.4.1(SR5) of family spa232d");
        assertThat(staged(name, MODULES, new Told("spa232d", "1.4.1(SR5)", null, null, null, ""))
                        .isNew())
                .isFalse();
    }

    @Test
    void retire_image_isServedButLedToNoMoreUntilItIsStagedAgain() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);
        Staging staging = staging(folder, in -> Long.MAX_VALUE);

        staging.retire(staging.find(NAME).orElseThrow(), false);

        assertThat(catalog().image(NAME).orElseThrow().isOffered()).isFalse();
        assertThat(catalog().file(NAME)).isPresent();
        assertThat(catalog().path("spa50x-30x", "7.6.2g")).isEmpty();
        assertThat(staged(NAME, SECTORS, Told.NOTHING).isNew()).isTrue();
        assertThat(catalog().image(NAME).orElseThrow().isOffered()).isTrue();

        staging.retire(staging.find(NAME).orElseThrow(), true);
        assertThat(folder.resolve(NAME)).doesNotExist();
        assertThat(catalog().image(NAME)).isEmpty();
    }

    @Test
    void read_operatorsEntry_countsBeforeTheRecord() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);
        Files.writeString(folder.resolve("catalog.yaml"), """
                images:
                  - {file: spa50x-30x-7-6-2g.bin, family: spa50x-30x, version: 7.6.2g, notes: by hand}
                """);

        FirmwareImage image = catalog().image(NAME).orElseThrow();

        assertThat(image.notes()).isEqualTo("by hand");
        assertThat(image.sha256()).isEqualTo(sha256(SECTORS));
        assertThat(catalog().images()).hasSize(1);
    }

    @Test
    void read_fileThatHasGone_isNoLongerOfferedAndTheRestIs() throws IOException {
        staged(NAME, SECTORS, Told.NOTHING);
        staged("Payton_232D_1.4.1_SR5.bin", MODULES, Told.NOTHING);
        Files.delete(folder.resolve(NAME));

        assertThat(catalog().image(NAME).orElseThrow().standing().withheld()).isEqualTo("there is no file " + NAME);
        assertThat(catalog().file(NAME)).isEmpty();
        assertThat(catalog().file("payton_232D_1.4.1_SR5.bin")).isPresent();
    }

    private Staged staged(String name, byte[] bytes, Told told) throws IOException {
        StagingResult result = staging(folder, in -> Long.MAX_VALUE).stage(request(name, bytes, told), image -> {});
        assertThat(result).isInstanceOf(Staged.class);
        return (Staged) result;
    }

    private Refused refused(String name, byte[] bytes, Told told) throws IOException {
        StagingResult result = staging(folder, in -> Long.MAX_VALUE).stage(request(name, bytes, told), image -> {});
        assertThat(result).isInstanceOf(Refused.class);
        return (Refused) result;
    }

    private static StagingRequest request(String name, byte[] bytes, Told told) {
        return new StagingRequest(name, bytes.length, () -> new ByteArrayInputStream(bytes), null, told);
    }

    private static Staging staging(Path folder, Workshop.Disk disk) {
        return new Staging(
                folder,
                () -> FirmwareCatalogReader.read(folder.resolve("catalog.yaml")),
                () -> StagedImagesReader.records(folder),
                FAMILIES,
                MOST,
                disk,
                CLOCK);
    }

    private FirmwareCatalog catalog() {
        return FirmwareCatalogReader.read(folder.resolve("catalog.yaml"));
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf("catalog.yaml", Workshop.FOLDER);
        }
        assertThat(leftovers()).isEmpty();
    }

    private List<Path> leftovers() throws IOException {
        Path work = folder.resolve(Workshop.FOLDER);
        if (!Files.exists(work)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(work)) {
            return files.toList();
        }
    }

    private static Map<String, byte[]> loads() {
        return FirmwareImages.files(ContainerKind.LOADS, "sip88xx.12-0-7MPP0201-66.loads", "12-0-7MPP0201-66", 1000);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Workshop.sha256().digest(bytes));
    }
}
