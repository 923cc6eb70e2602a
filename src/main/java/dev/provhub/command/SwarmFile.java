package dev.provhub.command;

import dev.provhub.config.YamlNode;
import dev.provhub.device.MacAddress;
import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.swarm.Scenario;
import dev.provhub.emulator.swarm.SwarmPlan;
import dev.provhub.emulator.transport.LineQuality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that says what a swarm is made of.
 *
 * @param plan  the phones
 * @param order columns of an order for each phone, beside those that every order has; with {@code ${mac}} and the like
 */
record SwarmFile(SwarmPlan plan, Map<String, String> order) {
    private static final Set<String> KEYS =
            Set.of("first-mac", "secret", "scenario", "over", "line", "phones", "expect", "registers", "order");
    private static final Set<String> PHONE_KEYS =
            Set.of("model", "firmware", "share", "server", "dhcp", "flash", "off");
    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)\\}");
    private static final Set<String> HOLES = Set.of("mac", "serial", "model", "number", "secret");
    private static final int LONGEST_SECONDS = 86_400;
    private static final int MOST_SHARES = 1_000_000;

    /** Keeps the columns' order. */
    SwarmFile {
        order = new LinkedHashMap<>(order);
    }

    /**
     * Reads one.
     *
     * @param phones how many
     * @param server what DHCP option 66 says where the file does not
     */
    static SwarmFile read(Path file, int phones, String server) {
        YamlNode root = YamlNode.read(file).allow(KEYS);
        YamlNode firstMac = root.get("first-mac");
        MacAddress first = MacAddress.find(firstMac.text())
                .orElseThrow(() -> firstMac.problem("'" + firstMac.text() + "' is no MAC address: twelve hex digits"));
        Scenario scenario =
                root.find("scenario").map(node -> node.oneOf(Scenario.class)).orElse(Scenario.POWER_FAILURE);
        Duration over = root.find("over")
                .map(node -> Duration.ofSeconds(node.number(0, LONGEST_SECONDS)))
                .orElse(scenario.over());
        List<SwarmPlan.Kind> kinds = new ArrayList<>();
        for (YamlNode phone : root.get("phones").items()) {
            kinds.add(kind(phone.allow(PHONE_KEYS), server));
        }
        if (kinds.isEmpty()) {
            throw root.get("phones").problem("names no phone");
        }
        Map<String, String> expected = texts(root.find("expect"));
        Map<String, String> columns = texts(root.find("order"));
        try {
            SwarmPlan plan = new SwarmPlan(
                    phones,
                    kinds,
                    Long.parseLong(first.hex(), 16),
                    root.findText("secret").orElse(""),
                    scenario,
                    over,
                    line(root.find("line")),
                    expected,
                    texts(root.find("registers")));
            return new SwarmFile(plan, columns);
        } catch (IllegalArgumentException e) {
            throw firstMac.problem(String.valueOf(e.getMessage()));
        }
    }

    private static SwarmPlan.Kind kind(YamlNode phone, String server) {
        YamlNode name = phone.get("model");
        PhoneModel model = PhoneModel.named(name.text())
                .orElseThrow(() ->
                        name.problem("'" + name.text() + "' is no model that can be played: see hub phone --models"));
        Map<Integer, String> options = new HashMap<>();
        phone.find("dhcp").ifPresent(dhcp -> dhcp.entries().forEach((number, text) -> {
            if (!number.matches("[0-9]{1,3}")) {
                throw text.problem("DHCP option '" + number + "' is no number");
            }
            options.put(Integer.parseInt(number), text.text());
        }));
        phone.findText("server").ifPresent(text -> options.put(66, text));
        if (options.isEmpty()) {
            options.put(66, server);
        }
        String firmware = phone.findText("firmware").orElse(model.firstVersion());
        int share = phone.find("share").map(node -> node.number(1, MOST_SHARES)).orElse(1);
        try {
            return new SwarmPlan.Kind(
                    model,
                    firmware,
                    new DhcpOptions(options),
                    share,
                    phone.find("flash").map(node -> node.oneOf(Flash.class)).orElse(Flash.SOUND) == Flash.WORN_OUT,
                    phone.find("off").map(SwarmFile::off).orElse(null));
        } catch (IllegalArgumentException e) {
            throw phone.get("firmware").problem(String.valueOf(e.getMessage()));
        }
    }

    /** What becomes of new firmware. */
    private enum Flash {
        SOUND,
        WORN_OUT
    }

    private static SwarmPlan.Off off(YamlNode off) {
        YamlNode known = off.allow(Set.of("after", "for"));
        return new SwarmPlan.Off(
                Duration.ofSeconds(known.get("after").number(0, LONGEST_SECONDS)),
                Duration.ofSeconds(known.get("for").number(1, LONGEST_SECONDS)));
    }

    private static LineQuality line(Optional<YamlNode> found) {
        if (found.isEmpty()) {
            return LineQuality.PERFECT;
        }
        YamlNode line = found.get().allow(Set.of("loss", "delay", "nat"));
        return new LineQuality(
                line.find("loss").map(node -> node.number(0, 99)).orElse(0) / 100.0,
                Duration.ofMillis(
                        line.find("delay").map(node -> node.number(0, 60_000)).orElse(0)),
                Duration.ofSeconds(line.find("nat")
                        .map(node -> node.number(0, LONGEST_SECONDS))
                        .orElse(0)));
    }

    private static Map<String, String> texts(Optional<YamlNode> found) {
        Map<String, String> texts = new LinkedHashMap<>();
        found.ifPresent(map -> map.entries().forEach((name, value) -> {
            HOLE.matcher(value.text())
                    .results()
                    .map(hole -> hole.group(1))
                    .filter(hole -> !HOLES.contains(hole))
                    .findFirst()
                    .ifPresent(hole -> {
                        throw value.problem(
                                "'${" + hole + "}' is none of ${mac}, ${serial}, ${model}, ${number}, ${secret}");
                    });
            texts.put(name, value.text());
        }));
        return texts;
    }
}
