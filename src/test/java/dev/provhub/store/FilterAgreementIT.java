package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.DeviceState;
import dev.provhub.device.MacAddress;
import dev.provhub.device.ShownCertificate;
import dev.provhub.device.filter.Candidate;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.device.filter.PresentDigests;
import dev.provhub.pki.Revocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Both databases and the predicate in Java find the same devices by every filter. */
class FilterAgreementIT {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int DEVICES = 250;
    private static final FilterParser PARSER = new FilterParser(ShippedConfig.MODELS, Clock.fixed(NOW, ZoneOffset.UTC));
    private static final List<String> MODELS = List.of("SPA504G", "SPA508G", "SPA942", "CP-8841-3PCC", "gone");
    private static final List<String> VERSIONS =
            List.of("7.5.5", "7.5.6", "6.1.5(a)", "6.1.5a", "11-3-2MPP0001-609", "sip88xx.11-0-1MPP-376", "odd one");
    private static final List<String> TENANTS = List.of("north", "south", "no_th", "100%", "it's", "none");
    private static final List<String> LABELS = List.of("vip", "vip2", "floor-1", "a_b", "a.b");

    private static final Map<Engine, Database> DATABASES = new EnumMap<>(Engine.class);
    private static final Map<Engine, DeviceSearch> SEARCHES = new EnumMap<>(Engine.class);
    private static final Digests DIGESTS = new Digests();
    private static final List<Candidate> FLEET = fleet(new Random(4711));

    /** Depends on all that it is given, as the composer's does. */
    private static final class Digests implements PresentDigests {
        @Override
        public Optional<String> of(
                String model,
                Device.Place place,
                Map<String, String> own,
                @Nullable String running,
                Device.Rolled rolled) {
            int digest =
                    (model + place.tenant() + place.plan() + own + rolled + (own.isEmpty() ? "" : running)).hashCode();
            return model.equals("gone") ? Optional.empty() : Optional.of("%010x".formatted(digest));
        }
    }

    @BeforeContainer
    static void fill() throws IOException {
        for (Engine engine : Engine.values()) {
            Path folder = Files.createTempDirectory("filters");
            Database database = engine.open(folder);
            DATABASES.put(engine, database);
            SEARCHES.put(engine, new JdbcDeviceSearch(database, new ReversibleSecrets(), DIGESTS));
            database.unitOfWork().run(() -> {
                FLEET.forEach(candidate -> keep(database, candidate));
                return FLEET;
            });
        }
    }

    @AfterContainer
    static void close() {
        DATABASES.values().forEach(Database::close);
    }

    private static void keep(Database database, Candidate candidate) {
        MacAddress mac = candidate.device().mac();
        new JdbcDeviceRepository(database, new ReversibleSecrets()).change(mac, none -> candidate.device());
        new JdbcDeviceLabels(database).replace(mac, candidate.labels());
        if (candidate.lastContact() != null) {
            database.jdbc()
                    .update(
                            "insert into device_seen (mac, last_contact, transport, remote_address) values (?, ?, ?, ?)",
                            Binder.of(mac.hex(), candidate.lastContact(), "https", "192.0.2.1"));
        }
        if (candidate.certificateEnd() != null) {
            new JdbcCertificateLedger(database)
                    .bind(
                            mac,
                            new ShownCertificate(
                                    "f", "CN=CA", mac.hex(), null, Instant.EPOCH, candidate.certificateEnd()),
                            NOW);
        }
        if (candidate.revoked()) {
            boolean certificate = candidate.certificateEnd() != null;
            new JdbcRevocations(database)
                    .add(new Revocation(
                            certificate ? Revocation.Kind.CERTIFICATE : Revocation.Kind.MAC, mac.hex(), "lost", NOW));
        }
    }

    private static List<Candidate> fleet(Random random) {
        List<Candidate> fleet = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            fleet.add(candidate(i, random));
        }
        return List.copyOf(fleet);
    }

    private static Candidate candidate(int number, Random random) {
        long revision = 1 + random.nextInt(5);
        Device.Place place = new Device.Place(oneOf(TENANTS, random), oneOf(List.of("gold", "tin"), random), null);
        String running = oneOf(VERSIONS, random);
        Map<String, String> settings = new HashMap<>();
        if (random.nextInt(4) == 0) {
            settings.put("firmwareVersion", random.nextBoolean() ? "7.5.5" : "odd \"one\"");
        }
        if (random.nextInt(4) == 0) {
            settings.put("Time_Zone", "GMT");
        }
        String model = MODELS.get(random.nextInt(MODELS.size()));
        Device.Rolled rolled = new Device.Rolled(
                oneOf(VERSIONS, random), random.nextBoolean(), null, random.nextInt(3) == 0 ? 12L : null);
        String digest = DIGESTS.of(model, place, PresentDigestsOwn.of(settings), running, rolled)
                .orElse("0123456789");
        String applied =
                switch (random.nextInt(5)) {
                    case 0 -> null;
                    case 1 -> revision + ".0123456789";
                    case 2 -> (revision + 1) + "." + digest;
                    default -> revision + "." + digest;
                };
        Device device = new Device(
                new MacAddress("%012x".formatted(0x000e08000000L + number * 7919L)),
                model,
                random.nextInt(3) == 0 ? null : "CBT%03d".formatted(random.nextInt(100)),
                random.nextInt(5) > 0,
                place,
                settings,
                List.of(),
                new Device.Standing(
                        DeviceState.values()[random.nextInt(3)],
                        revision,
                        applied,
                        running,
                        DeviceKeys.NONE,
                        "seed",
                        Device.Given.NOTHING,
                        null,
                        rolled));
        Set<String> labels = new TreeSet<>();
        LABELS.stream().filter(label -> random.nextInt(4) == 0).forEach(labels::add);
        Instant seen = random.nextInt(3) == 0 ? null : NOW.minus(Duration.ofHours(random.nextInt(100)));
        Instant end = random.nextInt(3) == 0 ? null : NOW.plus(Duration.ofDays(random.nextInt(400)));
        return new Candidate(device, labels, seen, end, random.nextInt(6) == 0, DIGESTS.isApplied(device));
    }

    private static final class PresentDigestsOwn {
        static Map<String, String> of(Map<String, String> settings) {
            Map<String, String> own = new HashMap<>(settings);
            own.keySet().retainAll(PresentDigests.OWN);
            return own;
        }
    }

    private static @Nullable String oneOf(List<String> values, Random random) {
        int which = random.nextInt(values.size() + 1);
        return which == values.size() ? null : values.get(which);
    }

    @Property(tries = 600, seed = "4711")
    void filters_findTheSameEverywhere(@ForAll("filters") String text) {
        DeviceFilter filter = PARSER.parse(text);
        List<MacAddress> expected = FLEET.stream()
                .filter(filter::test)
                .map(candidate -> candidate.device().mac())
                .sorted()
                .toList();

        SEARCHES.forEach((engine, search) -> {
            assertThat(search.names(filter, null, DEVICES))
                    .as(engine + ": " + text)
                    .isEqualTo(expected);
            assertThat(search.count(filter)).isEqualTo(expected.size());
        });
    }

    @Property(tries = 20, seed = "4711")
    void pages_areTheWholeOnceAndInOrder(@ForAll("filters") String text) {
        DeviceFilter filter = PARSER.parse(text);
        SEARCHES.forEach((engine, search) -> {
            List<Candidate> found = new ArrayList<>();
            MacAddress after = null;
            List<DeviceSearch.Found> page;
            do {
                page = search.page(filter, after, 17);
                page.forEach(one -> found.add(one.candidate()));
                after = page.isEmpty()
                        ? null
                        : page.get(page.size() - 1).candidate().device().mac();
            } while (page.size() == 17);

            assertThat(found)
                    .as(engine + ": " + text)
                    .isEqualTo(FLEET.stream().filter(filter::test).toList());
        });
    }

    @Provide
    Arbitrary<String> filters() {
        return Arbitraries.lazyOf(
                        this::comparisons,
                        this::comparisons,
                        this::comparisons,
                        () -> filters().map(inner -> "not " + (inner.contains(" ") ? "(" + inner + ")" : inner)),
                        () -> Combinators.combine(filters(), filters()).as((a, b) -> "(" + a + ") and (" + b + ")"),
                        () -> Combinators.combine(filters(), filters()).as((a, b) -> "(" + a + " or " + b + ")"))
                .filter(FilterAgreementIT::isReadable);
    }

    private static boolean isReadable(String text) {
        return text.length() <= FilterParser.LONGEST
                && text.chars().filter(c -> c == '(').count() < FilterParser.DEEPEST;
    }

    private Arbitrary<String> comparisons() {
        return Arbitraries.oneOf(
                compared("model", "=,!=", "SPA504G", "CP-8841-3PCC", "942"),
                compared("model", "=,!=,~", "SPA5*", "*8*"),
                compared("family", "=,!=", "SPA50x", "SPA*"),
                compared("mac", "=,!=,<,<=,>,>=", "000e0800f77d", "00:0e:08:05:f0:a3", "000e08100000"),
                compared("mac", "=,!=,~", "000e080*", "*7", "*a*"),
                compared("serial", "=,!=,~", "CBT001", "CBT0*", "*5", "cbt*", "none"),
                compared("state", "=,!=", "new", "KEYED", "SECURED"),
                compared("claimed", "=,!=", "yes", "no"),
                compared(
                        "tenant", "=,!=,~", "north", "n*", "no_th", "no_*", "100%", "1%*", "'it''s'", "none", "'none'"),
                compared("plan", "=,!=", "gold", "none", "t*n"),
                compared("label", "=,!=,~", "vip", "vip*", "a_b", "a_*", "none", "nobody"),
                compared("version", "=,!=", "7.5.5", "6.1.5(a)", "6.1.5a", "7.*", "'odd one'", "none", "11-0-1MPP-376"),
                compared("version", "<,<=,>,>=", "7.5.6", "6.1.5(a)", "11-3-2MPP0001-609", "7.5.5"),
                compared("applied", "=,!=", "yes", "no"),
                compared("revision", "=,!=,<,<=,>,>=", "1", "3", "5"),
                compared("last-contact", "<,<=,>,>=", "-2d", "-40h", "2026-11-20", "2026-11-21T08:00:00Z", "now"),
                compared("last-contact", "=,!=", "none"),
                compared("certificate", "<,<=,>,>=", "+90d", "2027-06-01", "2027-06-01T12:00:00Z"),
                compared("certificate", "=,!=", "none"),
                compared("revoked", "=,!=", "yes", "no"),
                Arbitraries.of(
                        "all",
                        "model in (SPA504G, SPA942)",
                        "tenant in (none, north, 's*')",
                        "tenant not in (none, s*)",
                        "label in (vip, a*)",
                        "revision in (2, 4)",
                        "version in (7.5.5, 6.*)",
                        "state not in (NEW, KEYED)"));
    }

    private static Arbitrary<String> compared(String field, String operators, String... values) {
        return Combinators.combine(Arbitraries.of(operators.split(",", -1)), Arbitraries.of(values))
                .as((operator, value) -> field + operator + value);
    }
}
