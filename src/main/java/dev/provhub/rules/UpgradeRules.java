package dev.provhub.rules;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwarePath;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes {@code Upgrade_Rule}. */
public final class UpgradeRules {
    private UpgradeRules() {}

    /**
     * Where devices are to go.
     *
     * @param family  of their images
     * @param version to run
     * @param down    whether they may be taken back to an older one
     */
    public record Target(String family, String version, boolean down) {}

    /**
     * The rule that takes a device to a version. One rule is for devices of every version, so that it stays the same all the way; where
     * that would be too long, or the version cannot stand in a condition, it is made for the version that the device runs, and made anew
     * when it shows another.
     *
     * @param running as the device told it; null when unknown
     * @param base    URL of the folder that images lie in, with a slash at its end
     * @param limit   how many characters the rule may have
     * @return empty when the device need not, or must not, load anything
     */
    public static Optional<String> of(
            FirmwareCatalog catalog, Target target, @Nullable String running, String base, int limit) {
        FirmwareImage image = catalog.image(target.family(), target.version()).orElse(null);
        if (image == null || !image.isOffered()) {
            return Optional.empty();
        }
        if (image.version().isOrdered()) {
            Optional<String> general =
                    fitting(() -> walk(catalog.legs(target.family(), target.version(), target.down()), base, limit));
            if (general.isPresent()
                    && (running == null || FirmwareVersion.parse(running).isOrdered())) {
                return general.filter(rule -> !rule.isEmpty());
            }
        }
        if (running == null) {
            return Optional.empty();
        }
        return catalog.path(target.family(), running, target.version(), target.down()) instanceof FirmwarePath.Way way
                ? ofDevice(running, way.images(), base, limit)
                : Optional.empty();
    }

    /**
     * As much of the way as the rule can hold: what is left out comes when the device shows its next version. Nobody is sent on a way
     * of which a later step could not be told.
     */
    private static Optional<String> ofDevice(String running, List<FirmwareImage> way, String base, int limit) {
        for (int i = 1; i < way.size(); i++) {
            String before = way.get(i - 1).version().toString();
            List<FirmwareImage> step = way.subList(i, i + 1);
            if (fitting(() -> exactly(before, step, base, limit)).isEmpty()) {
                return Optional.empty();
            }
        }
        for (int steps = way.size(); steps > 0; steps--) {
            List<FirmwareImage> part = way.subList(0, steps);
            Optional<String> rule = fitting(() -> exactly(running, part, base, limit));
            if (rule.isPresent()) {
                return rule;
            }
        }
        return Optional.empty();
    }

    private static String exactly(String running, List<FirmwareImage> way, String base, int limit) {
        RuleBuilder rule = new RuleBuilder(RuleKind.UPGRADE, limit);
        String here = running;
        for (FirmwareImage image : way) {
            if (!image.version().isOrdered()) {
                // How a device will write such a version is not known for sure: it is told to go there once, by a rule
                // without a
                // condition, when all before it is done
                return way.size() == 1 ? unconditional(base + image.file()) : rule.build();
            }
            FirmwareVersion version = FirmwareVersion.parse(here);
            rule.when(version.isOrdered() ? RuleBuilder.running(Operator.EQ, version) : text(here))
                    .fetch(base + image.file());
            here = image.version().toString();
        }
        return rule.build();
    }

    private static Comparison text(String running) {
        return RuleBuilder.text("SWVER", Operator.EQ, running);
    }

    private interface Writing {
        String rule();
    }

    /** Empty when the rule would be too long, or hold what a phone misreads. */
    private static Optional<String> fitting(Writing writing) {
        try {
            return Optional.of(writing.rule());
        } catch (RuleException e) {
            return Optional.empty();
        }
    }

    /**
     * The rule that walks devices of any version along legs, e.g. {@code ($SWVER lt 7.5.2b)? http://h/a.bin | ($SWVER lt 7.6.2g)?
     * http://h/b.bin}. Every alternative is conditional, the last too, because an SPA would flash the version that it runs once more.
     *
     * @return empty text when there are no legs
     * @throws RuleException when a file name holds what phones misread, or the rule is longer than the model takes
     */
    public static String walk(List<Leg> legs, String base, int limit) {
        RuleBuilder rule = new RuleBuilder(RuleKind.UPGRADE, limit);
        for (Leg leg : legs) {
            rule.when(comparisons(leg)).fetch(base + leg.image().file());
        }
        return legs.isEmpty() ? "" : rule.build();
    }

    private static Comparison[] comparisons(Leg leg) {
        List<Comparison> all = new ArrayList<>();
        Leg.Bound above = leg.above();
        Leg.Bound below = leg.below();
        if (above != null && below != null && above.version().isSameAs(below.version())) {
            return new Comparison[] {RuleBuilder.running(Operator.EQ, above.version())};
        }
        if (above != null) {
            all.add(RuleBuilder.running(above.inclusive() ? Operator.GE : Operator.GT, above.version()));
        }
        if (below != null) {
            all.add(RuleBuilder.running(below.inclusive() ? Operator.LE : Operator.LT, below.version()));
        }
        return all.toArray(Comparison[]::new);
    }

    /**
     * The rule for a version outside the grammar of conditions. To be given only to a device that reports another version.
     *
     * @throws RuleException when the URL holds what phones misread
     */
    public static String unconditional(String url) {
        return RuleUrl.checked(url);
    }
}
