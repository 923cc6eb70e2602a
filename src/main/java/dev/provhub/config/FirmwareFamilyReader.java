package dev.provhub.config;

import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.ForcedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what {@code families} of {@code firmware/catalog.yaml} says of one. */
final class FirmwareFamilyReader {
    private static final Set<String> FACTS = Set.of("container", "name", "steps", "bad", "floor", "order");
    private static final Pattern NAMING = Pattern.compile("[A-Za-z0-9._-]*\\{version}[A-Za-z0-9._-]*");

    private FirmwareFamilyReader() {}

    /** @throws IllegalConfigurationException with file and line */
    static FirmwareFamily family(String name, YamlNode node) {
        node.allow(FACTS);
        FirmwareFamily family = new FirmwareFamily(
                name,
                node.find("container")
                        .map(word -> word.oneOf(FirmwareFamily.Container.class))
                        .orElse(FirmwareFamily.Container.UNDESCRIBED),
                node.find("name").map(FirmwareFamilyReader::naming).orElse(null),
                node.find("steps").map(FirmwareFamilyReader::steps).orElse(List.of()),
                node.find("bad").map(FirmwareFamilyReader::bad).orElse(Map.of()),
                node.find("floor").map(FirmwareFamilyReader::floor).orElse(null),
                node.find("order")
                        .map(order -> order.texts().stream()
                                .map(FirmwareVersion::parse)
                                .toList())
                        .orElse(List.of()));
        node.find("order").ifPresent(order -> family.complaintOfOrder().ifPresent(complaint -> {
            throw order.problem(complaint);
        }));
        return family;
    }

    private static String naming(YamlNode node) {
        if (!NAMING.matcher(node.text()).matches()) {
            throw node.problem("name '" + node.text()
                    + "' is not allowed; allowed: letters, digits, '.', '_', '-' and {version} once");
        }
        return node.text();
    }

    private static List<ForcedStep> steps(YamlNode node) {
        List<ForcedStep> steps = new ArrayList<>();
        for (YamlNode item : node.items()) {
            item.allow(Set.of("below", "through"));
            ForcedStep step = new ForcedStep(
                    FirmwareVersion.parse(item.get("below").text()),
                    item.get("through").text());
            step.complaint().ifPresent(complaint -> {
                throw item.problem(complaint);
            });
            steps.add(step);
        }
        return steps;
    }

    private static Map<String, String> bad(YamlNode node) {
        Map<String, String> bad = new LinkedHashMap<>();
        node.entries().forEach((version, why) -> {
            if (why.text().isBlank()) {
                throw why.problem("version " + version + " is bad without a reason; allowed: a text for operators");
            }
            if (!FirmwareVersion.parse(version).isVersion()) {
                throw why.problem(
                        "bad version '" + version + "' is none; allowed: " + FirmwareCatalogReader.VERSION_FORMS);
            }
            bad.put(version, why.text());
        });
        return bad;
    }

    private static FirmwareVersion floor(YamlNode node) {
        FirmwareVersion floor = FirmwareVersion.parse(node.text());
        if (!floor.isOrdered()) {
            throw node.problem("floor " + floor + " is not a version in full, as 7.4.8 or 11-0-1MPP-376");
        }
        return floor;
    }
}
