package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.emulator.rule.MacroText;
import dev.provhub.emulator.rule.MacroValues;
import dev.provhub.emulator.rule.RuleSyntaxException;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.ForcedStep;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Over any catalog and from any version: who is told to go somewhere arrives there, by steps that the catalog allows, never in a circle;
 * everybody else is told nothing. Rules are read by both evaluators, which share nothing; what is allowed is worked out here once more,
 * with the order of versions that the virtual phone has.
 */
class UpgradeWalkPropertyTest {
    private static final String BASE = "http://prov.example.net/firmware/";
    private static final PhoneState PHONE = PhoneState.of(ShippedConfig.model("SPA942"));
    private static final int MOST_STEPS = 20;
    private static final List<String> DOTTED = List.of(
            "5.0.0",
            "5.1.0(a)",
            "6.0.0",
            "6.0.0a",
            "6.1.5(004p)",
            "6.1.5(a)",
            "7.1.0",
            "7.1.0(0412s)",
            "7.1.0b",
            "7.2.3",
            "7.2.3SR2",
            "7.2.3SR10");
    /** Those that cannot stand in a condition: nothing is decided by them, and no way leads over one. */
    private static final Set<String> BY_ITSELF = Set.of("6.1.5(004p)", "7.1.0(0412s)");

    private static final List<String> DASHED = List.of(
            "10-3-1MPP-5",
            "10-3-1MPP0001-2",
            "11-0-0MPP-7",
            "11-0-0MPP-9",
            "11-0-1MPP-376",
            "11-2-3MPP-256",
            "11-3-1MPP-110",
            "11-3-2MPP0001-609",
            "11-3-2MPP0002-256",
            "12-0-1MPP0001-245");

    /** An image as the test knows it; bounds null for none. */
    private record Given(
            String version, @Nullable String from, @Nullable String until) {}

    /** A catalog of one family, and who asks for what. */
    private record Situation(
            boolean dashed,
            List<Given> images,
            List<String> steps,
            List<String> bad,
            @Nullable String floor,
            String target,
            String running,
            boolean known,
            boolean down,
            int limit) {}

    @Property(tries = 3000)
    void walk_anyCatalogAndStart_arrivesOrIsToldNothing(@ForAll("situations") Situation situation) throws Exception {
        FirmwareCatalog catalog = catalog(situation);
        int shortest = distance(situation, situation.running());
        String running = situation.running();
        int steps = 0;
        while (steps <= MOST_STEPS) {
            String rule = rule(catalog, situation, situation.known() ? shown(situation, running) : null);
            String before = running;
            running = walked(situation, rule, running, catalog);
            if (running.equals(before)) {
                break;
            }
            steps = steps + 1;
        }
        if (steps > 0) {
            assertThat(running).isEqualTo(situation.target());
        }
        if (shortest < 0) {
            assertThat(steps).as("told to go where there is no way").isZero();
        } else if (situation.limit() >= 1024 && (situation.known() || !BY_ITSELF.contains(situation.target()))) {
            assertThat(running).as("there is a way of " + shortest).isEqualTo(situation.target());
        }
    }

    @Property(tries = 1000)
    void walk_oneRuleForAll_takesTheFewestImagesByItself(@ForAll("situations") Situation situation) throws Exception {
        FirmwareCatalog catalog = catalog(situation);
        Optional<String> rule = UpgradeRules.of(catalog, target(situation), null, BASE, 100_000);
        for (String start : situation.dashed() ? DASHED : DOTTED) {
            String running = start;
            int steps = 0;
            String url = fetched(situation, rule.orElse(""), running);
            while (url != null && steps <= MOST_STEPS) {
                running = step(situation, running, url, catalog);
                steps++;
                url = fetched(situation, rule.orElse(""), running);
            }
            int shortest = BY_ITSELF.contains(situation.target()) ? 0 : distance(situation, start);
            assertThat(steps).as("from " + start).isEqualTo(Math.max(shortest, 0));
        }
    }

    /** Follows a rule as far as it leads by itself. */
    private static String walked(Situation situation, String rule, String start, FirmwareCatalog catalog)
            throws RuleSyntaxException {
        String running = start;
        for (int steps = 0; ; steps++) {
            String url = fetched(situation, rule, running);
            if (url == null) {
                return running;
            }
            assertThat(steps).as("goes round in a circle: " + rule).isLessThan(MOST_STEPS);
            running = step(situation, running, url, catalog);
            if (!rule.startsWith("(")) {
                // It is told so once
                return running;
            }
        }
    }

    private static String step(Situation situation, String running, String url, FirmwareCatalog catalog) {
        String next = catalog.image(url.substring(BASE.length()))
                .orElseThrow()
                .version()
                .toString();
        Given image = situation.images().stream()
                .filter(one -> one.version().equals(next))
                .findFirst()
                .orElseThrow();
        boolean up = order(running, situation.target()) < 0;
        assertThat(isAllowed(situation, running, image, up))
                .as(running + " may load " + next)
                .isTrue();
        return next;
    }

    /** What both evaluators make of a rule: the same. */
    private static @Nullable String fetched(Situation situation, String rule, String running)
            throws RuleSyntaxException {
        String shown = shown(situation, running);
        String ofServer = RuleEvaluator.evaluate(RuleKind.UPGRADE, rule, PHONE.with("SWVER", shown))
                .url();
        MacroValues facts = name -> name.equals("SWVER") ? shown : null;
        String ofPhone = dev.provhub.emulator.rule.Rule.parse(rule)
                .choose(facts)
                .chosen()
                .flatMap(dev.provhub.emulator.rule.Alternative::url)
                .map(url -> MacroText.expand(url, facts))
                .orElse(null);
        assertThat(ofServer).as(rule).isEqualTo(ofPhone);
        return ofServer;
    }

    private static String shown(Situation situation, String running) {
        return situation.dashed() ? "sip88xx." + running : running;
    }

    private static String rule(FirmwareCatalog catalog, Situation situation, @Nullable String running) {
        String rule = UpgradeRules.of(catalog, target(situation), running, BASE, situation.limit())
                .orElse("");
        assertThat(rule.length()).isLessThanOrEqualTo(situation.limit());
        return rule;
    }

    private static UpgradeRules.Target target(Situation situation) {
        return new UpgradeRules.Target("f", situation.target(), situation.down());
    }

    private static FirmwareCatalog catalog(Situation situation) {
        List<FirmwareImage> images = new ArrayList<>();
        for (Given given : situation.images()) {
            String file = "f-" + given.version().replace("(", "-").replace(")", "") + ".bin";
            images.add(new FirmwareImage(
                    file,
                    Path.of(file),
                    "f",
                    FirmwareVersion.parse(given.version()),
                    given.from() == null ? null : FirmwareVersion.parse(given.from()),
                    given.until() == null ? null : FirmwareVersion.parse(given.until()),
                    List.of(),
                    null,
                    "",
                    FirmwareImage.Standing.DESCRIBED));
        }
        Map<String, String> bad = new HashMap<>();
        situation.bad().forEach(version -> bad.put(version, "bad"));
        return new FirmwareCatalog(
                images,
                List.of(new FirmwareFamily(
                        "f",
                        FirmwareFamily.Container.UNDESCRIBED,
                        null,
                        situation.steps().stream()
                                .map(version -> new ForcedStep(FirmwareVersion.parse(version), version))
                                .toList(),
                        bad,
                        situation.floor() == null ? null : FirmwareVersion.parse(situation.floor()),
                        List.of())));
    }

    private static int order(String left, String right) {
        return dev.provhub.emulator.rule.FirmwareVersion.parse(left)
                .orElseThrow()
                .orderTo(dev.provhub.emulator.rule.FirmwareVersion.parse(right).orElseThrow())
                .orElseThrow();
    }

    private static boolean isAllowed(Situation situation, String running, Given image, boolean up) {
        String version = image.version();
        int order = order(running, version);
        boolean floorKept = situation.floor() == null || order(version, situation.floor()) >= 0;
        boolean forward = up ? order < 0 : order > 0 && situation.down() && situation.floor() != null;
        boolean within = (image.from() == null || order(running, image.from()) >= 0)
                && (image.until() == null || order(running, image.until()) <= 0);
        boolean stepsKept = !up
                || situation.steps().stream()
                        .allMatch(
                                step -> order(running, step) >= 0 || order(version, step) < 0 || version.equals(step));
        return !situation.bad().contains(version) && floorKept && forward && within && stepsKept;
    }

    /** The fewest images from a version to the target, 0 when it runs it, negative when there is no way. */
    private static int distance(Situation situation, String start) {
        if (order(start, situation.target()) == 0) {
            return 0;
        }
        boolean up = order(start, situation.target()) < 0;
        Map<String, Integer> reached = new HashMap<>(Map.of(start, 0));
        Deque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            String here = queue.remove();
            for (Given image : situation.images()) {
                boolean short_ = up
                        ? order(image.version(), situation.target()) <= 0
                        : order(image.version(), situation.target()) >= 0;
                boolean leadsOn = image.version().equals(situation.target()) || !BY_ITSELF.contains(image.version());
                if (short_
                        && leadsOn
                        && !reached.containsKey(image.version())
                        && isAllowed(situation, here, image, up)) {
                    reached.put(image.version(), reached.get(here) + 1);
                    queue.add(image.version());
                }
            }
        }
        return reached.getOrDefault(situation.target(), -1);
    }

    @Provide
    Arbitrary<Situation> situations() {
        return Arbitraries.of(true, false).flatMap(dashed -> {
            List<String> versions = dashed ? DASHED : DOTTED;
            return Arbitraries.randomValue(random -> {
                List<Given> images = new ArrayList<>();
                List<String> bounds = versions.stream()
                        .filter(version -> !BY_ITSELF.contains(version))
                        .toList();
                for (int i = 0; i < versions.size(); i++) {
                    if (random.nextInt(3) > 0) {
                        int below = bounds.size()
                                - (int) versions.subList(i, versions.size()).stream()
                                        .filter(bounds::contains)
                                        .count();
                        String from = below > 0 && random.nextInt(3) == 0 ? bounds.get(random.nextInt(below)) : null;
                        String until = random.nextInt(5) == 0 ? bounds.get(random.nextInt(bounds.size())) : null;
                        images.add(new Given(versions.get(i), from, until));
                    }
                }
                if (images.isEmpty()) {
                    images.add(new Given(versions.get(0), null, null));
                }
                List<String> steps = new ArrayList<>();
                List<String> bad = new ArrayList<>();
                for (String version : versions) {
                    if (random.nextInt(6) == 0 && bounds.contains(version)) {
                        steps.add(version);
                    }
                    if (random.nextInt(10) == 0) {
                        bad.add(version);
                    }
                }
                return new Situation(
                        dashed,
                        images,
                        steps,
                        bad,
                        random.nextInt(3) == 0 ? versions.get(random.nextInt(versions.size())) : null,
                        images.get(random.nextInt(images.size())).version(),
                        versions.get(random.nextInt(versions.size())),
                        random.nextInt(4) > 0,
                        random.nextBoolean(),
                        List.of(60, 90, 120, 200, 400, 4096).get(random.nextInt(6)));
            });
        });
    }
}
