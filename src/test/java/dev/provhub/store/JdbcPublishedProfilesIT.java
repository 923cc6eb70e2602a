package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PublishedProfiles;
import dev.provhub.device.PublishedProfiles.Published;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JdbcPublishedProfilesIT {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final MacAddress KITCHEN = new MacAddress("000e08000001");
    private static final MacAddress STUDY = new MacAddress("000e08000002");
    private static final String DIRECTORY = "a".repeat(26);
    private static final String OTHER = "b".repeat(26);

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private Database database;
    private DeviceRepository devices;
    private PublishedProfiles profiles;

    @BeforeEach
    void open() {
        database = engine.open(folder);
        devices = new JdbcDeviceRepository(database, new ReversibleSecrets());
        profiles = new JdbcPublishedProfiles(database, new ReversibleSecrets());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void keyed(MacAddress mac, String directory) {
        devices.change(
                mac,
                none -> new Device(
                        mac,
                        "SPA504G",
                        null,
                        true,
                        Device.Place.DEFAULT,
                        Map.of(),
                        List.of(),
                        Device.Standing.first("seed")
                                .keyed(new DeviceKeys(new DeviceKey("0".repeat(64), directory), null))));
    }

    private static Published published(MacAddress mac, String directory, String revision) {
        return new Published(mac, directory, true, revision, 1, true, TEN, null);
    }

    @Test
    void changed_namesDevicesThatWereNotLookedAtSince() {
        keyed(KITCHEN, DIRECTORY);
        keyed(STUDY, OTHER);
        assertThat(profiles.changed(null, 10)).containsExactly(KITCHEN, STUDY);
        assertThat(profiles.changed(null, 1)).containsExactly(KITCHEN);
        assertThat(profiles.changed(KITCHEN, 10)).containsExactly(STUDY);

        profiles.keep(published(KITCHEN, DIRECTORY, "1.aa"));
        profiles.keep(new Published(STUDY, OTHER, false, null, 1, true, TEN, null));
        assertThat(profiles.changed(null, 10)).isEmpty();
        assertThat(profiles.all(null, 10)).containsExactly(KITCHEN, STUDY);

        devices.change(
                STUDY,
                DeviceRepository.Change.ofExisting(
                        STUDY, device -> device.withStanding(device.standing().nextRevision())));
        assertThat(profiles.changed(null, 10)).containsExactly(STUDY);
    }

    @Test
    void changed_namesFilesThatWereBegunOrHaveLostTheirDevice() {
        keyed(KITCHEN, DIRECTORY);
        profiles.keep(published(KITCHEN, DIRECTORY, null));
        assertThat(profiles.changed(null, 10)).containsExactly(KITCHEN);

        profiles.keep(published(KITCHEN, DIRECTORY, "1.aa"));
        assertThat(profiles.changed(null, 10)).isEmpty();

        devices.delete(KITCHEN);
        assertThat(profiles.changed(null, 10)).containsExactly(KITCHEN);
        assertThat(profiles.all(null, 10)).containsExactly(KITCHEN);

        profiles.forget(KITCHEN, DIRECTORY);
        assertThat(profiles.all(null, 10)).isEmpty();
    }

    @Test
    void of_whatWasKept_isAsItWas() {
        Published leaving =
                new Published(KITCHEN, OTHER, true, "2.bb", 2, false, TEN.plusSeconds(1), TEN.plusSeconds(2));
        profiles.keep(published(KITCHEN, DIRECTORY, null));
        profiles.keep(published(KITCHEN, DIRECTORY, "1.aa"));
        profiles.keep(leaving);

        assertThat(profiles.of(KITCHEN)).containsExactly(published(KITCHEN, DIRECTORY, "1.aa"), leaving);
        assertThat(profiles.of(STUDY)).isEmpty();
        assertThat(leaving.toString()).doesNotContain(OTHER);
        assertThat(DatabaseText.of(database)).doesNotContain(DIRECTORY);
    }
}
