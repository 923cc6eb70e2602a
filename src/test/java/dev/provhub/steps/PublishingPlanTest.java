package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PublishedProfiles.Published;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.PublicAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishingPlanTest {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final MacAddress MAC = new MacAddress("000e08abcdef");
    private static final DeviceKey OLD = new DeviceKey("0".repeat(64), "a".repeat(26));
    private static final DeviceKey NEW = new DeviceKey("1".repeat(64), "b".repeat(26));
    private static final PublicAddresses ADDRESSES = new PublicAddresses(
                    "tftp://prov.example.net",
                    "http://prov.example.net",
                    "https://prov.example.net",
                    null,
                    "https://api.example.net")
            .withPublished("tftp://files.example.net");

    private final ProfileComposer composer = new ProfileComposer(
            ShippedConfig.DICTIONARY,
            () -> ShippedConfig.LAYERS,
            ShippedConfig.LAYERS.hub().reserved(ShippedConfig.MODELS),
            () -> ShippedConfig.FIRMWARE,
            tenant -> ADDRESSES,
            (seed, name) -> "derived-" + name);
    private final PublishingPlan plan =
            new PublishingPlan(ShippedConfig.MODELS, composer, Duration.ofHours(10), Duration.ofDays(1));

    private static Device device(String transport, boolean claimed, @Nullable DeviceKey pending) {
        Device.Standing standing = Device.Standing.first("seed").keyed(new DeviceKeys(OLD, pending));
        return new Device(
                MAC,
                "SPA504G",
                null,
                claimed,
                Device.Place.DEFAULT,
                Map.of("profileTransport", transport),
                List.of(),
                claimed ? standing : standing.left(TEN));
    }

    private PublishingPlan.Work work(Device device, Instant now, Published... known) {
        return plan.of(MAC, Optional.of(device), List.of(known), directory -> true, now);
    }

    private String revision(Device device) {
        return composer.revision(device, ShippedConfig.model("SPA504G"));
    }

    private static Published file(DeviceKey pair, String revision, @Nullable Instant removed) {
        return new Published(MAC, pair.directory(), true, revision, 1, true, TEN, removed);
    }

    @Test
    void published_newOrChangedOrMissing_isWritten() {
        Device device = device("published", true, null);
        Published there = file(OLD, revision(device), null);

        assertThat(work(device, TEN).files()).hasSize(1).first().satisfies(publication -> {
            assertThat(publication.what()).isEqualTo(Publication.What.PROFILE);
            assertThat(publication.fileName()).isEqualTo(OLD.directory() + ".cfg");
            assertThat(publication.after()).isEqualTo(there);
            assertThat(publication.toString()).doesNotContain(OLD.directory());
        });
        assertThat(work(device, TEN, file(OLD, "1.old", null)).files()).hasSize(1);
        assertThat(work(device, TEN, there).files()).isEmpty();
        assertThat(plan.of(MAC, Optional.of(device), List.of(there), directory -> false, TEN)
                        .files())
                .hasSize(1);
    }

    @Test
    void rotation_hasAFileForEachPairUntilTheNewOneHasBeenThereForLongEnough() {
        Device device = device("published", true, NEW);
        Published old = file(OLD, revision(device), null);

        PublishingPlan.Work begun = work(device, TEN, old);
        assertThat(begun.files()).hasSize(1).first().satisfies(publication -> assertThat(
                        publication.device().standing().keys())
                .isEqualTo(new DeviceKeys(NEW, null)));
        assertThat(begun.promote()).isFalse();

        Published fresh = file(NEW, revision(device), null);
        assertThat(work(device, TEN.plus(Duration.ofHours(9)), old, fresh).promote())
                .isFalse();
        assertThat(work(device, TEN.plus(Duration.ofHours(11)), old, fresh).promote())
                .isTrue();
        Device promoted = device.withStanding(device.standing().with(new DeviceKeys(NEW, null)));
        assertThat(work(promoted, TEN.plus(Duration.ofHours(11)), old, fresh).files())
                .hasSize(1)
                .first()
                .satisfies(publication -> {
                    assertThat(publication.what()).isEqualTo(Publication.What.REMOVE);
                    assertThat(publication.fileName()).isEqualTo(OLD.directory() + ".cfg");
                    assertThat(publication.after()).isNull();
                });
    }

    @Test
    void noMorePublished_isKeptInStepForAWhileAndThenRemoved() {
        Device device = device("http", true, null);

        assertThat(work(device, TEN, file(OLD, "1.old", null)).files())
                .hasSize(1)
                .first()
                .satisfies(publication -> assertThat(publication.after()).isEqualTo(file(OLD, revision(device), TEN)));
        Published leaving = file(OLD, revision(device), TEN);
        assertThat(work(device, TEN.plus(Duration.ofHours(9)), leaving).files()).isEmpty();
        assertThat(work(device, TEN.plus(Duration.ofHours(10)), leaving).files())
                .hasSize(1)
                .first()
                .satisfies(publication -> {
                    assertThat(publication.what()).isEqualTo(Publication.What.REMOVE);
                    assertThat(publication.after()).isNotNull();
                });
    }

    @Test
    void neverPublished_isOnlyLookedAt() {
        PublishingPlan.Work work = work(device("http", true, null), TEN);

        assertThat(work.files()).isEmpty();
        assertThat(work.seen()).containsExactly(new Published(MAC, OLD.directory(), false, null, 1, true, TEN, null));
        assertThat(work(device("http", true, null), TEN, work.seen().get(0)).seen())
                .isEmpty();
    }

    @Test
    void left_getsTheWipeProfileForAsLongAsTheHubWouldServeIt() {
        Device device = device("published", false, null);
        Published there = file(OLD, "1.old", null);

        assertThat(work(device, TEN, there).files()).hasSize(1).first().satisfies(publication -> assertThat(
                        publication.what())
                .isEqualTo(Publication.What.WIPE));
        Published wiped = new Published(MAC, OLD.directory(), true, "wipe.1", 1, false, TEN, null);
        assertThat(work(device, TEN.plus(Duration.ofHours(23)), wiped).files()).isEmpty();
        assertThat(work(device, TEN.plus(Duration.ofHours(24)), wiped).files())
                .hasSize(1)
                .first()
                .satisfies(publication -> assertThat(publication.what()).isEqualTo(Publication.What.REMOVE));
    }

    @Test
    void gone_losesEveryFile() {
        assertThat(plan.of(
                                MAC,
                                Optional.empty(),
                                List.of(file(OLD, "1.a", null), file(NEW, "1.a", null)),
                                directory -> true,
                                TEN)
                        .files())
                .hasSize(2)
                .allMatch(publication -> publication.what() == Publication.What.REMOVE);
    }
}
