package dev.provhub;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.TextFiles;
import dev.provhub.device.DeviceGroups;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.profile.LayerArchive;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import dev.provhub.rollout.RolloutKind;
import dev.provhub.rollout.Rollouts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layers of a running hub: which are in force, and the watch over the files. */
final class HubLayers {
    private static final Logger LOG = LoggerFactory.getLogger(HubLayers.class);

    private final HubFiles files;
    private final Supplier<FirmwareCatalog> firmware;
    private final TextFiles layerFiles;
    private final LayerEdits edits;

    private HubLayers(HubFiles files, Supplier<FirmwareCatalog> firmware, TextFiles layerFiles, LayerEdits edits) {
        this.files = files;
        this.firmware = firmware;
        this.layerFiles = layerFiles;
        this.edits = edits;
    }

    /**
     * Begins with what was in force when the hub last ran, and takes the files as they are now for an edit of it. Without such,
     * or when it cannot be read any more, the files are in force.
     */
    static HubLayers open(
            HubFiles files,
            Supplier<FirmwareCatalog> firmware,
            Path config,
            DeviceGroups groups,
            LayerArchive archive,
            LayerEdits.Trial trial,
            long maxImmediate,
            Rollouts rollouts,
            Clock clock) {
        LayerSet now = new LayerSet(files.layers(), files.layerTexts());
        LayerSet inForce = now;
        Instant since = clock.instant();
        LayerArchive.Kept kept = archive.latest().orElse(null);
        if (kept != null) {
            try {
                inForce = new LayerSet(
                        files.readLayers(Path.of("layers as they were"), kept.files(), firmware.get()), kept.files());
                since = kept.since();
            } catch (IllegalConfigurationException e) {
                LOG.warn(
                        "the layers that were in force cannot be read any more, those in the files are: {}",
                        e.getMessage());
                kept = null;
            }
        }
        if (kept == null) {
            archive.keep(now.files(), since);
        }
        LayerEdits edits = new LayerEdits(inForce, since, files.models(), groups, archive, trial, maxImmediate, clock);
        underWay(files, firmware.get(), rollouts, edits);
        edits.offer(now);
        return new HubLayers(files, firmware, TextFiles.layers(config), edits);
    }

    /** A change that was being rolled out when the hub last ran still is. */
    private static void underWay(HubFiles files, FirmwareCatalog firmware, Rollouts rollouts, LayerEdits edits) {
        rollouts.live().stream()
                .filter(one -> one.kind() == RolloutKind.LAYERS && !one.state().isEnd())
                .findFirst()
                .ifPresent(one -> rollouts.layers(one.id()).ifPresent(kept -> {
                    try {
                        edits.roll(
                                one.id(),
                                new LayerSet(
                                        files.readLayers(
                                                Path.of("layers of rollout " + one.id()), kept.after(), firmware),
                                        kept.after()));
                    } catch (IllegalConfigurationException e) {
                        LOG.warn("the layers of rollout {} cannot be read any more: {}", one.id(), e.getMessage());
                    }
                }));
    }

    LayerEdits edits() {
        return edits;
    }

    /** @throws IllegalConfigurationException with file and line */
    LayerSet read(Map<String, String> texts) {
        return new LayerSet(files.readLayers(Path.of("layers"), texts, firmware.get()), texts);
    }

    /** What changes with the files. */
    String stamp() {
        return layerFiles.stamp();
    }

    /** Takes the files as they are now for an edit. */
    void reload() {
        try {
            Map<String, String> texts = layerFiles.texts();
            edits.offer(new LayerSet(files.readLayers(layerFiles.folder(), texts, firmware.get()), texts));
        } catch (IllegalConfigurationException e) {
            edits.refuse(String.valueOf(e.getMessage()));
        }
    }
}
