package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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
    void everythingThere_isFound() {
        CatalogImages images = images(image -> image);

        assertThat(images.complaint("f", "7.6.3")).isEmpty();
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false)).isEmpty();
        assertThat(images.isAway("f", "7.4.8", "7.6.3", false)).isFalse();
        assertThat(images.away("f")).isEmpty();
        assertThat(images.complaint("f", "9.0.0")).contains("the firmware catalog has no version '9.0.0' of family f");
        assertThat(images.noWay("f", "7.7.0", "7.6.3", false)).contains("7.6.3 is older than 7.7.0");
    }

    @Test
    void stepWhoseFileIsAway_isWaitedForByWhoNeedsIt() {
        CatalogImages images = images(image -> image.withheld("there is no file a-7.5.2b.bin", false));

        assertThat(images.complaint("f", "7.6.3")).isEmpty();
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false)).isEmpty();
        assertThat(images.isAway("f", "7.4.8", "7.6.3", false)).isTrue();
        assertThat(images.isAway("f", "7.5.2b", "7.6.3", false)).isFalse();
        assertThat(images.isAway("f", "7.4.8", "7.5.2b", false)).isTrue();
        assertThat(images.away("f")).containsExactly("a-7.5.2b.bin is away: there is no file a-7.5.2b.bin");
        assertThat(images.away("g")).isEmpty();
    }

    @Test
    void stepThatWasRetired_isWaitedForByNobody() {
        CatalogImages images = images(image -> image.withheld("retired", true));

        assertThat(images.isAway("f", "7.4.8", "7.6.3", false)).isFalse();
        assertThat(images.noWay("f", "7.4.8", "7.6.3", false))
                .contains("no images lead from 7.4.8 to 7.6.3 by the catalog's rules");
        assertThat(images.away("f")).isEmpty();
    }

    @Test
    void fileThatComesBack_isSeen() {
        FirmwareCatalog there = new FirmwareCatalog(List.of(image("7.5.2b", null)));
        FirmwareCatalog gone = new FirmwareCatalog(List.of(image("7.5.2b", null).withheld("there is no file", false)));
        AtomicReference<FirmwareCatalog> now = new AtomicReference<>(there);
        CatalogImages images = new CatalogImages(now::get);

        now.set(gone);
        assertThat(images.isAway("f", "7.4.8", "7.5.2b", false)).isTrue();
        now.set(there);
        assertThat(images.isAway("f", "7.4.8", "7.5.2b", false)).isFalse();
    }
}
