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
        if (image.version().isOperand()) {
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
            if (!image.version().isOperand()) {
                return way.size() == 1 ? last(here, image, base, limit) : rule.build();
            }
            rule.when(running(here, image.version())).fetch(base + image.file());
            here = image.version().toString();
        }
        return rule.build();
    }

    /** A device that runs just this; of what cannot stand in a condition, any that the next version is still above, or below. */
    private static Comparison running(String here, FirmwareVersion next) {
        FirmwareVersion version = FirmwareVersion.parse(here);
        if (version.isOperand()) {
            return RuleBuilder.running(Operator.EQ, version);
        }
        return version.isOrdered() && version.isComparableTo(next)
                ? RuleBuilder.running(version.isBelow(next) ? Operator.LT : Operator.GT, next)
                : RuleBuilder.text("SWVER", Operator.EQ, here);
    }

    /**
     * To a version that cannot stand in a condition. Where the device is below all versions with the same three numbers, these do; else it
     * is told to go there once, without a condition, when all before it is done.
     */
    private static String last(String here, FirmwareImage image, String base, int limit) {
        FirmwareVersion version = FirmwareVersion.parse(here);
        Optional<FirmwareVersion> lowest = image.version()
                .withoutTail()
                .filter(least -> version.isOrdered() && version.isComparableTo(least) && version.isBelow(least));
        return lowest.isPresent()
                ? new RuleBuilder(RuleKind.UPGRADE, limit)
                        .when(RuleBuilder.running(Operator.LT, lowest.get()))
                        .fetch(base + image.file())
                        .build()
                : unconditional(base + image.file());
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
