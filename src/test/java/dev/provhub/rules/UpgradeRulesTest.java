package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.Leg;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpgradeRulesTest {
    private static final String BASE = "http://h/firmware/";

    @Test
    void of_twoImages_walksFromOneToTheOther() {
        assertThat(forAll(
                        "7.6.2g",
                        BASE,
                        image("a-7-5-2b.bin", "7.5.2b", null),
                        image("a-7-6-2g.bin", "7.6.2g", "7.5.2b")))
                .contains("($SWVER lt 7.5.2b)? http://h/firmware/a-7-5-2b.bin"
                        + " | ($SWVER lt 7.6.2g)? http://h/firmware/a-7-6-2g.bin");
    }

    @Test
    void of_oneImage_isConditionalToo() {
        assertThat(forAll("6.1.5(a)", "tftp://h/firmware/", image("spa942-6-1-5a.bin", "6.1.5(a)", null)))
                .contains("($SWVER lt 6.1.5a)? tftp://h/firmware/spa942-6-1-5a.bin");
    }

    @Test
    void of_multiplatformVersion_isWrittenInFullWithoutPrefix() {
        assertThat(forAll(
                        "sip88xx.12-0-7MPP0201-66",
                        BASE,
                        image("sip88xx.12-0-7MPP0201-66.loads", "sip88xx.12-0-7MPP0201-66", null)))
                .contains("($SWVER lt 12-0-7MPP0201-66)? http://h/firmware/sip88xx.12-0-7MPP0201-66.loads");
    }

    @Test
    void of_noImage_isNoRule() {
        assertThat(forAll("7.5.2b", BASE)).isEmpty();
        assertThat(UpgradeRules.walk(List.of(), BASE, 1024)).isEmpty();
    }

    @Test
    void of_whatPhonesMisread_isRefused() {
        assertThatThrownBy(() -> UpgradeRules.walk(List.of(toAnyBelow(image("a(1).bin", "7.5.2b", null))), BASE, 1024))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> UpgradeRules.walk(List.of(toAnyBelow(image("a.bin", "11-3-1MSR3-3", null))), BASE, 1024))
                .hasMessage("version 11-3-1MSR3-3 cannot stand in a condition");
    }

    @Test
    void of_ruleTooLongForAll_isMadeForTheRunningVersion() {
        FirmwareCatalog catalog = new FirmwareCatalog(List.of(
                image("a-1.bin", "1.0.0", null),
                image("a-2.bin", "2.0.0", "1.0.0"),
                image("a-3.bin", "3.0.0", "2.0.0")));
        UpgradeRules.Target target = new UpgradeRules.Target("f", "3.0.0", false);
        assertThat(UpgradeRules.of(catalog, target, null, BASE, 1024))
                .contains("($SWVER lt 1.0.0)? http://h/firmware/a-1.bin | ($SWVER lt 2.0.0)? http://h/firmware/a-2.bin"
                        + " | ($SWVER lt 3.0.0)? http://h/firmware/a-3.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.0.0", BASE, 100))
                .contains(
                        "($SWVER eq 1.0.0)? http://h/firmware/a-2.bin | ($SWVER eq 2.0.0)? http://h/firmware/a-3.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.0.0", BASE, 60))
                .contains("($SWVER eq 1.0.0)? http://h/firmware/a-2.bin");
        assertThat(UpgradeRules.of(catalog, target, null, BASE, 60)).isEmpty();
        assertThat(UpgradeRules.of(catalog, target, "1.0.0", BASE, 20)).isEmpty();
        assertThat(UpgradeRules.of(catalog, target, "3.0.0", BASE, 60)).isEmpty();
    }

    @Test
    void of_runningVersionThatPhonesCannotCompare_isMatchedAsText() {
        FirmwareCatalog catalog = new FirmwareCatalog(List.of(image("a.loads", "11-3-7MPP0101-284", null)));
        UpgradeRules.Target target = new UpgradeRules.Target("f", "11-3-7MPP0101-284", false);
        assertThat(UpgradeRules.of(catalog, target, "sip88xx.11-3-1MSR3-3", BASE, 1024))
                .contains("(\"$SWVER\" eq \"sip88xx.11-3-1MSR3-3\")? http://h/firmware/a.loads");
        assertThat(UpgradeRules.of(catalog, target, "whatever\" | x", BASE, 1024))
                .isEmpty();
    }

    /** 1.3.5(004p) without its brackets would be 1.3.5004p. */
    @Test
    void of_targetThatCannotStandInACondition_isMadeForTheRunningVersion() {
        FirmwareCatalog catalog = new FirmwareCatalog(List.of(
                image("a-1-3-1.bin", "1.3.1", null),
                image("a-1-3-5-004p.bin", "1.3.5(004p)", "1.3.1"),
                image("a-1-4-1.bin", "1.4.1", null)));
        UpgradeRules.Target target = new UpgradeRules.Target("f", "1.3.5(004p)", false);

        assertThat(UpgradeRules.of(catalog, target, "1.3.1", BASE, 1024))
                .contains("($SWVER lt 1.3.5)? http://h/firmware/a-1-3-5-004p.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.2.0", BASE, 1024))
                .contains("($SWVER eq 1.2.0)? http://h/firmware/a-1-3-1.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.3.5(002)", BASE, 1024))
                .contains("http://h/firmware/a-1-3-5-004p.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.3.5(004p)", BASE, 1024)).isEmpty();
        assertThat(UpgradeRules.of(catalog, target, "1.3.7", BASE, 1024)).isEmpty();
        assertThat(UpgradeRules.of(catalog, target, null, BASE, 1024)).isEmpty();
    }

    @Test
    void of_runningVersionThatCannotStandInACondition_isToldWhatItIsBelow() {
        FirmwareCatalog catalog = new FirmwareCatalog(
                List.of(image("a-1-3-7.bin", "1.3.7", null), image("a-1-4-1.bin", "1.4.1", "1.3.7")));
        UpgradeRules.Target target = new UpgradeRules.Target("f", "1.4.1", false);

        assertThat(UpgradeRules.of(catalog, target, "1.3.5(004p)", BASE, 1024))
                .contains("($SWVER lt 1.3.7)? http://h/firmware/a-1-3-7.bin"
                        + " | ($SWVER lt 1.4.1)? http://h/firmware/a-1-4-1.bin");
        assertThat(UpgradeRules.of(catalog, target, "1.3.5(004p)", BASE, 70))
                .contains("($SWVER lt 1.3.7)? http://h/firmware/a-1-3-7.bin");
    }

    /** Of devices of which no version is known. */
    private static Optional<String> forAll(String version, String base, FirmwareImage... images) {
        return UpgradeRules.of(
                new FirmwareCatalog(List.of(images)), new UpgradeRules.Target("f", version, false), null, base, 1024);
    }

    private static Leg toAnyBelow(FirmwareImage image) {
        return new Leg(image, null, new Leg.Bound(image.version(), false));
    }

    private static FirmwareImage image(String file, String version, String from) {
        return new FirmwareImage(
                file,
                Path.of(file),
                "f",
                FirmwareVersion.parse(version),
                from == null ? null : FirmwareVersion.parse(from),
                List.of(),
                null,
                "");
    }
}
