package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the catalog says to rollouts. */
class CatalogImagesTest {
    private static CatalogImages images(UnaryOperator<FirmwareImage> step) {
        FirmwareFamily family = new FirmwareFamily(
                "f", FirmwareFamily.Container.UNDESCRIBED, null, List.of(), Map.of("7.4.3", "hangs"), null, List.of());
        FirmwareCatalog catalog = new FirmwareCatalog(
                List.of(
                        image("7.4.3", null),
                        step.apply(image("7.5.2b", null)),
                        image("7.6.2g", "7.5.2b"),
                        image("7.6.3", "7.6.2g")),
                List.of(family));
        return new CatalogImages(() -> catalog);
    }

    private static FirmwareImage image(String version, String from) {
        String file = "a-" + version + ".bin";
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

    @Test
    void missing_everythingThere_isNone() {
        CatalogImages images = images(image -> image);

        assertThat(images.missing("f", "7.6.3")).isEmpty();
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false)).isEmpty();
        assertThat(images.complaint("f", "9.0.0")).contains("the firmware catalog has no version '9.0.0' of family f");
    }

    @Test
    void missing_stepWhoseFileIsAway_isThatOfTheRolloutAndNotOfTheDevice() {
        CatalogImages images = images(image -> image.withheld("there is no file a-7.5.2b.bin", false));

        assertThat(images.complaint("f", "7.6.3")).isEmpty();
        assertThat(images.missing("f", "7.6.3"))
                .contains("a-7.5.2b.bin, a step on the way to 7.6.3, is not given: there is no file a-7.5.2b.bin");
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false)).isEmpty();
    }

    @Test
    void missing_stepThatWasRetired_isThatOfTheDevice() {
        CatalogImages images = images(image -> image.withheld("retired", true));

        assertThat(images.missing("f", "7.6.3")).isEmpty();
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false))
                .contains("no images lead from 7.4.8 to 7.6.3 by the catalog's rules");
    }

    /** A step on the way up is of no use to who goes down. */
    @Test
    void noWay_down_asksForTheImageOfTheVersionAlone() {
        FirmwareFamily family = new FirmwareFamily(
                "f",
                FirmwareFamily.Container.UNDESCRIBED,
                null,
                List.of(),
                Map.of(),
                FirmwareVersion.parse("7.0.0"),
                List.of());
        FirmwareCatalog catalog = new FirmwareCatalog(
                List.of(
                        image("7.4.8", null).withheld("there is no file a-7.4.8.bin", false),
                        image("7.5.2b", "7.4.8"),
                        image("7.6.2g", null).withheld("retired", true)),
                List.of(family));
        CatalogImages images = new CatalogImages(() -> catalog);

        assertThat(images.missing("f", "7.5.2b")).isPresent();
        assertThat(images.noWay("f", "7.6.2g", "7.5.2b", true)).isEmpty();
        assertThat(images.noWay("f", "7.6.2g", "7.5.2b", false)).isEmpty();
        assertThat(images.noWay("f", "7.5.2b", "7.6.2g", true)).isEmpty();
    }
}
