package dev.provhub.rules;

import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.util.List;
import java.util.Optional;

/** Writes {@code Upgrade_Rule}. */
public final class UpgradeRules {
    private UpgradeRules() {}

    /**
     * The rule that walks a device along a path of images by itself, e.g. {@code ($SWVER lt 7.5.2b)? http://h/a.bin | ($SWVER
     * lt 7.6.2g)? http://h/b.bin}. Every alternative is conditional, the last too, because an SPA would flash the version
     * that it runs once more.
     *
     * @param path from the first image to the target; each can be installed over the one before it
     * @param base URL of the folder they lie in, with a slash at its end
     * @param limit how many characters the rule may have
     * @return empty when the path is
     * @throws RuleException when a file name holds what phones misread, or the rule is longer than the model takes
     * @throws IllegalArgumentException when a version cannot stand in a condition
     */
    public static Optional<String> of(List<FirmwareImage> path, String base, int limit) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        RuleBuilder rule = new RuleBuilder(RuleKind.UPGRADE, limit);
        for (int i = 0; i < path.size(); i++) {
            FirmwareImage image = path.get(i);
            boolean last = i == path.size() - 1;
            FirmwareVersion below = last ? image.version() : path.get(i + 1).neededVersion();
            rule.when(RuleBuilder.running(Operator.LT, below)).fetch(base + image.file());
        }
        return Optional.of(rule.build());
    }

    /**
     * The rule that takes a device back to an image from any later version, e.g. {@code ($SWVER gt 7.5.2b)? http://h/a.bin}.
     *
     * @throws RuleException as {@link #of} does
     * @throws IllegalArgumentException when the version cannot stand in a condition
     */
    public static String down(FirmwareImage image, String base, int limit) {
        return new RuleBuilder(RuleKind.UPGRADE, limit)
                .when(RuleBuilder.running(Operator.GT, image.version()))
                .fetch(base + image.file())
                .build();
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
