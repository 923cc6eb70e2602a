package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.provhub.config.LayersReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.config.TextFiles;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.DeviceGroups;
import dev.provhub.device.MacAddress;
import dev.provhub.store.Database;
import dev.provhub.store.Engine;
import dev.provhub.store.JdbcLayerArchive;
import dev.provhub.store.ReversibleSecrets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release and what is written of it are kept together. */
class LayerReleaseIT {
    private static final String MODEL = "CP-8841-3PCC";
    private static final DeviceGroups ONE_DEVICE = new DeviceGroups() {
        @Override
        public List<DeviceGroup> claimed() {
            return List.of(new DeviceGroup(MODEL, Device.Place.DEFAULT, 1));
        }

        @Override
        public List<MacAddress> members(DeviceGroup group, int limit) {
            return List.of();
        }
    };

    private static LayerSet layers(Map<String, String> more) {
        Path config = Path.of("config");
        Map<String, String> texts = new TreeMap<>(TextFiles.layers(config).texts());
        texts.putAll(more);
        return new LayerSet(
                LayersReader.read(
                        config.resolve("layers"),
                        texts,
                        ShippedConfig.MODELS,
                        ShippedConfig.DICTIONARY,
                        ShippedConfig.FIRMWARE),
                texts);
    }

    @Test
    void release_whoseEntryCannotBeWritten_isNoneAndMayBeTriedAgain(@TempDir Path folder) {
        try (Database database = Engine.H2.open(folder)) {
            JdbcLayerArchive archive = new JdbcLayerArchive(database, new ReversibleSecrets());
            LayerSet before = layers(Map.of());
            LayerSet after = layers(
                    Map.of("model/" + MODEL + ".yaml", "description: d\nsettings:\n  profileSealing: aes128gcm\n"));
            archive.keep(before.files(), Instant.EPOCH);
            LayerEdits edits = new LayerEdits(
                    before,
                    Instant.EPOCH,
                    ShippedConfig.MODELS,
                    ONE_DEVICE,
                    archive,
                    (layers, mac) -> Optional.empty(),
                    0,
                    Clock.fixed(Instant.EPOCH.plusSeconds(60), ZoneOffset.UTC));
            edits.offer(after);

            Throwable failure = catchThrowable(() -> edits.release(database.unitOfWork(), change -> {
                throw new IllegalStateException("no room in the log");
            }));

            assertThat(failure).hasMessage("no room in the log");
            assertThat(archive.latest().orElseThrow().files()).isEqualTo(before.files());
            assertThat(edits.state().inForce().digest()).isEqualTo(before.digest());
            assertThat(edits.release(database.unitOfWork(), change -> {})).isPresent();
            assertThat(archive.latest().orElseThrow().files()).isEqualTo(after.files());
            assertThat(edits.state().inForce().digest()).isEqualTo(after.digest());
        }
    }
}
