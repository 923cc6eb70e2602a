package dev.provhub;

import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.firmware.DownloadCaps;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.ops.alarm.CloudEvents;
import dev.provhub.profile.LayerArchive;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.rollout.CatalogImages;
import dev.provhub.rollout.RolloutBoard;
import dev.provhub.rollout.RolloutCaps;
import dev.provhub.rollout.RolloutDesk;
import dev.provhub.rollout.RolloutDevices;
import dev.provhub.rollout.RolloutImages;
import dev.provhub.rollout.RolloutLayers;
import dev.provhub.rollout.RolloutLimits;
import dev.provhub.rollout.RolloutPoll;
import dev.provhub.rollout.TurnedAway;
import dev.provhub.steps.RolloutsApiStep;
import dev.provhub.steps.RolloutsStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcDeviceSearch;
import dev.provhub.store.JdbcRolloutDevices;
import dev.provhub.store.JdbcRollouts;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/** What the routes of rollouts stand on. */
final class HubRollouts {
    private final RolloutDesk desk;
    private final RolloutPoll poll;
    private final DownloadCaps caps;
    private final Clock clock;

    /** Where it is kept. */
    record Stores(
            Database database,
            JdbcRollouts rollouts,
            JdbcDeviceSearch search,
            DeviceRepository devices,
            LayerArchive archive) {}

    HubRollouts(
            Stores stores,
            HubLayers layers,
            DeviceModels models,
            Supplier<FirmwareCatalog> firmware,
            ProfileComposer composer,
            RolloutLimits limits,
            Clock clock) {
        this.clock = clock;
        AuditLog audit = new JdbcAuditLog(stores.database(), clock);
        RolloutDevices members = new JdbcRolloutDevices(stores.database(), stores.search());
        RolloutBoard board = new RolloutBoard(stores.rollouts());
        board.refresh();
        TurnedAway turned = new TurnedAway(clock);
        this.caps = new RolloutCaps(board, firmware, turned);
        RolloutImages images = new CatalogImages(firmware);
        this.desk = new RolloutDesk(new RolloutDesk.Parts(
                stores.rollouts(),
                members,
                board,
                new RolloutLayers(layers.edits(), stores.archive(), stores.rollouts(), layers::read),
                images,
                models,
                new FilterParser(models, clock),
                limits,
                stores.database().unitOfWork(),
                audit,
                clock));
        this.poll = new RolloutPoll(
                board,
                members,
                stores.devices(),
                composer::revision,
                images,
                turned,
                stores.database().unitOfWork(),
                limits,
                clock);
    }

    DownloadCaps caps() {
        return caps;
    }

    RolloutDesk desk() {
        return desk;
    }

    /** By the names that routes use. */
    Map<String, Object> steps(CloudEvents events) {
        return Map.of(
                "rollouts",
                new RolloutsStep(desk, poll, new RolloutsStep.Words(events::rollout, events::milestone)),
                "rolloutsApi",
                new RolloutsApiStep(desk, clock));
    }
}
