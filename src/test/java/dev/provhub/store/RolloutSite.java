package dev.provhub.store;

import dev.provhub.SettableClock;
import dev.provhub.config.LayersReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.config.TextFiles;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceState;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import dev.provhub.rollout.GroupCounts;
import dev.provhub.rollout.PlanJson;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutBoard;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutImages;
import dev.provhub.rollout.RolloutLayers;
import dev.provhub.rollout.RolloutLimits;
import dev.provhub.rollout.RolloutPoll;
import dev.provhub.rollout.RolloutState;
import dev.provhub.rollout.TurnedAway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One hub's rollouts on a real database, with a clock that is moved by hand and phones that are played by calls. */
final class RolloutSite implements AutoCloseable {
    static final String FAMILY = "spa50x-30x";
    static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");
    /** Often enough that the hub was not away. */
    private static final Duration LOOKS = Duration.ofMinutes(9);

    private static final long FIRST = 0x000e_0800_0000L;

    final Database database;
    final JdbcDeviceRepository devices;
    final JdbcRollouts rollouts;
    final JdbcRolloutDevices members;
    final LayerEdits edits;
    final RolloutDesk desk;
    final RolloutPoll poll;
    final RolloutBoard board;
    final SettableClock clock;
    final TurnedAway turned;
    final Set<String> missingImages = new HashSet<>();
    /** From what there is no way for the while, because of an image that is away. */
    final Set<String> awayFrom = new HashSet<>();
    /** From what there is no way to anything, and why. */
    final Map<String, String> noWays = new HashMap<>();

    RolloutSite(Database database, SettableClock clock, boolean approval) {
        this.database = database;
        this.clock = clock;
        turned = new TurnedAway(clock);
        ReversibleSecrets secrets = new ReversibleSecrets();
        devices = new JdbcDeviceRepository(database, secrets);
        rollouts = new JdbcRollouts(database, secrets, clock);
        members = new JdbcRolloutDevices(
                database,
                new JdbcDeviceSearch(database, secrets, (model, place, own, running, rolled) -> Optional.empty()));
        JdbcLayerArchive archive = new JdbcLayerArchive(database, secrets);
        LayerSet inForce = archive.latest().map(kept -> layers(kept.files())).orElseGet(() -> layers(shipped()));
        edits = new LayerEdits(
                inForce, TEN, ShippedConfig.MODELS, devices, archive, (layers, mac) -> Optional.empty(), 1, clock);
        board = new RolloutBoard(rollouts);
        JdbcAuditLog audit = new JdbcAuditLog(database, clock);
        RolloutLimits limits = new RolloutLimits(
                approval, 3, Duration.ZERO, Duration.ofHours(24), Duration.ofHours(24), Duration.ofHours(2), 1000);
        desk = new RolloutDesk(new RolloutDesk.Parts(
                rollouts,
                members,
                board,
                new RolloutLayers(edits, archive, rollouts, RolloutSite::layers),
                new Images(),
                ShippedConfig.MODELS,
                new FilterParser(ShippedConfig.MODELS, clock),
                limits,
                database.unitOfWork(),
                audit,
                clock));
        poll = new RolloutPoll(
                board,
                members,
                devices,
                (device, model) -> revision(device),
                new Images(),
                turned,
                database.unitOfWork(),
                limits,
                clock);
        desk.turnOnce();
    }

    private final class Images implements RolloutImages {
        @Override
        public Optional<String> complaint(String family, String version) {
            return family.equals(FAMILY) && !missingImages.contains(version)
                    ? Optional.empty()
                    : Optional.of("the firmware catalog has no version '" + version + "' of family " + family);
        }

        @Override
        public Optional<String> noWay(String family, String running, String version, boolean down) {
            return Optional.ofNullable(noWays.get(running));
        }

        @Override
        public boolean isAway(String family, String running, String version, boolean down) {
            return awayFrom.contains(running);
        }

        @Override
        public List<String> away(String family) {
            return awayFrom.isEmpty() ? List.of() : List.of("a.bin is away: there is no file");
        }
    }

    static Map<String, String> shipped() {
        return TextFiles.layers(Path.of("config")).texts();
    }

    static Map<String, String> edited(String proxy) {
        Map<String, String> texts = new TreeMap<>(shipped());
        texts.put("plan/office.yaml", "description: d\nvalues:\n  Outbound_Proxy_1_: " + proxy + "\n");
        return texts;
    }

    static LayerSet layers(Map<String, String> texts) {
        return new LayerSet(
                LayersReader.read(
                        Path.of("layers"),
                        texts,
                        ShippedConfig.MODELS,
                        ShippedConfig.DICTIONARY,
                        ShippedConfig.FIRMWARE),
                texts);
    }

    /** As the composer's: a digest that depends on what rollouts have given. */
    static String revision(Device device) {
        return device.standing().revision() + "."
                + Integer.toHexString(device.standing().rolled().hashCode());
    }

    static MacAddress mac(int number) {
        return new MacAddress("%012x".formatted(FIRST + number));
    }

    RolloutSite with(int count, String version) {
        return with(0, count, version, null);
    }

    RolloutSite with(int first, int count, String version, @Nullable String zone) {
        database.unitOfWork().run(() -> {
            for (int i = first; i < first + count; i++) {
                MacAddress mac = mac(i);
                devices.change(
                        mac,
                        none -> new Device(
                                mac,
                                "SPA504G",
                                null,
                                true,
                                new Device.Place(null, "office", zone),
                                Map.of(),
                                List.<Line>of(),
                                new Device.Standing(
                                        DeviceState.SECURED,
                                        1,
                                        null,
                                        version,
                                        new DeviceKeys(new DeviceKey("0".repeat(64), directory(mac)), null),
                                        "seed",
                                        Device.Given.NOTHING,
                                        null)));
                seen(mac);
            }
            return count;
        });
        return this;
    }

    private static String directory(MacAddress mac) {
        StringBuilder text = new StringBuilder("a".repeat(14));
        mac.hex().chars().forEach(digit -> text.append((char) ('a' + Character.digit(digit, 16))));
        return text.toString();
    }

    /** It was heard of now. */
    void seen(MacAddress mac) {
        database.jdbc().update("delete from device_seen where mac = ?", Binder.of(mac.hex()));
        database.jdbc()
                .update(
                        "insert into device_seen (mac, last_contact, transport, remote_address) values (?, ?, 'http', '')",
                        Binder.of(mac.hex(), clock.instant()));
    }

    void seenAgain(MacAddress mac) {
        database.unitOfWork().run(() -> {
            seen(mac);
            return mac;
        });
    }

    Rollout create(String more) {
        return create(more, "anna");
    }

    Rollout create(String more, String who) {
        return desk.create(
                PlanJson.read(("{\"filter\":\"all\",\"versions\":{\"" + FAMILY + "\":\"7.6.2g\"},\"spreadMinutes\":0,"
                        + "\"start\":\"2026-03-02T10:00:00Z\"" + more + "}")),
                who);
    }

    Rollout layersRollout(String more) {
        return desk.create(
                PlanJson.read(
                        "{\"kind\":\"layers\",\"spreadMinutes\":0,\"start\":\"2026-03-02T10:00:00Z\"" + more + "}"),
                "anna");
    }

    void turn() {
        desk.turnOnce();
    }

    /** Time passes, and the hub looks at its rollouts all the while. */
    void pass(Duration time) {
        for (Duration left = time; left.compareTo(Duration.ZERO) > 0; left = left.minus(LOOKS)) {
            clock.forward(left.compareTo(LOOKS) < 0 ? left : LOOKS);
            turn();
        }
    }

    Rollout act(Rollout rollout, RolloutAction action) {
        return desk.act(rollout.id(), action, "anna").orElseThrow();
    }

    /** It asks at its directory, having applied what it was given and running a version. */
    Device polls(int number, String version) {
        Device device = devices.findByMac(mac(number)).orElseThrow();
        return polls(number, version, revision(device), null);
    }

    Device polls(int number, String version, String applied, @Nullable String registration) {
        Device device = devices.findByMac(mac(number)).orElseThrow();
        return poll.polled(
                device, ShippedConfig.model("SPA504G"), new RolloutPoll.Evidence(applied, version, registration));
    }

    /** Devices of a group that has begun are told, and run the version at their next poll. */
    void arrives(int number) {
        polls(number, "7.5.2b");
        polls(number, "7.6.2g");
    }

    RolloutState state(Rollout rollout) {
        return rollouts.find(rollout.id()).orElseThrow().state();
    }

    String reason(Rollout rollout) {
        return String.valueOf(rollouts.find(rollout.id()).orElseThrow().reason());
    }

    long count(Rollout rollout, Progress progress) {
        return members.counts(rollout.id()).values().stream()
                .reduce(GroupCounts.NONE, GroupCounts::plus)
                .of(progress);
    }

    /** Numbers of the devices of a group. */
    List<Integer> ofGroup(Rollout rollout, int group) {
        return members.list(rollout.id(), null, null, 100_000).stream()
                .filter(one -> one.group() == group)
                .map(one -> (int) (Long.parseLong(one.mac().hex(), 16) - FIRST))
                .toList();
    }

    Map<String, Object> group(Rollout rollout, int number) {
        Map<String, Object> shown = new HashMap<>();
        rollouts.groups(rollout.id()).stream()
                .filter(group -> group.number() == number)
                .forEach(group -> {
                    shown.put("begun", group.begun() != null);
                    shown.put("done", group.done() != null);
                });
        return shown;
    }

    List<String> audit() {
        return new JdbcAuditLog(database, clock)
                .latest(100).stream()
                        .map(entry -> entry.who() + ": " + entry.what())
                        .toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
