package dev.provhub;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.LayerFolder;
import dev.provhub.device.DeviceGroups;
import dev.provhub.profile.LayerArchive;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layers of a running hub: which are in force, and the watch over the files. */
final class HubLayers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubLayers.class);

    /** Two looks must agree before a file counts as written, and a save must take effect within two seconds. */
    private static final long LOOK_MILLIS = 500;

    private final HubFiles files;
    private final Path folder;
    private final LayerEdits edits;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "layers");
        thread.setDaemon(true);
        return thread;
    });
    private String seen;
    private String done;

    private HubLayers(HubFiles files, Path folder, LayerEdits edits) {
        this.files = files;
        this.folder = folder;
        this.edits = edits;
        this.seen = "";
        this.done = "";
    }

    /**
     * Begins with what was in force when the hub last ran, and takes the files as they are now for an edit of it. Without such,
     * or when it cannot be read any more, the files are in force.
     */
    static HubLayers open(
            HubFiles files,
            Path folder,
            DeviceGroups groups,
            LayerArchive archive,
            LayerEdits.Trial trial,
            long maxImmediate,
            Clock clock) {
        LayerSet now = new LayerSet(files.layers(), files.layerTexts());
        LayerSet inForce = now;
        Instant since = clock.instant();
        LayerArchive.Kept kept = archive.latest().orElse(null);
        if (kept != null) {
            try {
                inForce = new LayerSet(files.readLayers(Path.of("layers as they were"), kept.files()), kept.files());
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
        edits.offer(now);
        return new HubLayers(files, folder, edits);
    }

    LayerEdits edits() {
        return edits;
    }

    /** @throws IllegalConfigurationException with file and line */
    LayerSet read(Map<String, String> texts) {
        return new LayerSet(files.readLayers(Path.of("layers"), texts), texts);
    }

    /** Looks after the files from now on. */
    void start() {
        done = LayerFolder.stamp(folder);
        seen = done;
        watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            String stamp = LayerFolder.stamp(folder);
            boolean stable = stamp.equals(seen);
            seen = stamp;
            if (!stable || stamp.equals(done)) {
                return;
            }
            Map<String, String> texts = LayerFolder.texts(folder);
            edits.offer(new LayerSet(files.readLayers(folder, texts), texts));
            done = stamp;
        } catch (IllegalConfigurationException e) {
            done = seen;
            edits.refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("layers cannot be looked after, trying again", e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
