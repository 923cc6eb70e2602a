package dev.provhub.store;

import static dev.provhub.store.RolloutSite.edited;
import static dev.provhub.store.RolloutSite.layers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.SettableClock;
import dev.provhub.device.Device;
import dev.provhub.profile.Layers;
import dev.provhub.rollout.Progress;
import dev.provhub.rollout.Rollout;
import dev.provhub.rollout.RolloutAction;
import dev.provhub.rollout.RolloutState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A change of layers that is rolled out: both sets are in force, each for its devices. */
@ParameterizedClass
@EnumSource(Engine.class)
class LayerRolloutIT {
    private static final Map<String, String> NEW = edited("new.example.net");
    private static final String TWO_GROUPS = ",\"groups\":[\"2\"],\"sample\":1";

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private String url;
    private final SettableClock clock = new SettableClock(RolloutSite.TEN);
    private RolloutSite site;

    @BeforeEach
    void open() {
        url = engine.freshUrl(folder);
        site = new RolloutSite(Engine.open(url), clock, false).with(6, "7.5.2b");
        site.edits.offer(layers(NEW));
        assertThat(site.edits.state().held()).isNotNull();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private Layers of(Device device) {
        return site.edits.of(device.standing().rolled().layers());
    }

    private boolean hasNew(Device device) {
        return of(device)
                .site()
                .get(dev.provhub.profile.LayerKind.PLAN)
                .get("office")
                .names()
                .contains("Outbound_Proxy_1_");
    }

    /** It applies what it is given, and brings that back. */
    private void applies(int number) {
        site.polls(number, "7.5.2b");
        site.polls(number, "7.5.2b");
    }

    @Test
    void change_goesFromGroupToGroup_andIsThenInForceForAll() {
        Rollout rollout = site.layersRollout(TWO_GROUPS);
        site.turn();
        int canary = site.ofGroup(rollout, 1).get(0);
        int other = site.ofGroup(rollout, 2).get(0);

        assertThat(hasNew(site.polls(canary, "7.5.2b"))).isTrue();
        assertThat(hasNew(site.polls(other, "7.5.2b"))).isFalse();
        assertThat(site.edits.get().site())
                .isEqualTo(site.edits.state().inForce().layers().site());
        site.ofGroup(rollout, 1).forEach(this::applies);
        site.turn();
        site.ofGroup(rollout, 2).forEach(this::applies);
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.FINISHED);
        assertThat(site.edits.state().inForce().files()).isEqualTo(NEW);
        assertThat(site.edits.state().rolling()).isNull();
        assertThat(site.edits.state().held()).isNull();
        assertThat(hasNew(site.devices.findByMac(RolloutSite.mac(other)).orElseThrow()))
                .isTrue();
        assertThat(site.audit()).contains("rollouts: rollout 1 finished");
    }

    @Test
    void change_afterWhichLinesAreNotRegistered_isStoppedByTheCanary() {
        Rollout rollout = site.layersRollout(",\"groups\":[\"2\"],\"sample\":1,\"errors\":\"1\"");
        site.turn();
        for (int number : site.ofGroup(rollout, 1)) {
            Device told = site.polls(number, "7.5.2b");
            for (int i = 0; i < 4; i++) {
                site.polls(number, "7.5.2b", RolloutSite.revision(told), "40");
            }
        }
        site.turn();

        assertThat(site.state(rollout)).isEqualTo(RolloutState.STOPPED);
        assertThat(site.desk.view(rollout.id()).orElseThrow().failures())
                .containsOnlyKeys("it came back 3 times and its first line is not registered");
        int canary = site.ofGroup(rollout, 1).get(0);
        Device lost = site.devices.findByMac(RolloutSite.mac(canary)).orElseThrow();
        assertThat(hasNew(site.polls(canary, "7.5.2b", RolloutSite.revision(lost), "90")))
                .isFalse();
        for (int number : site.ofGroup(rollout, 2)) {
            assertThat(hasNew(site.polls(number, "7.5.2b"))).isFalse();
        }
        site.act(rollout, RolloutAction.BACK);
        assertThat(site.edits.state().held()).isNotNull();
        assertThat(site.edits.state().rolling()).isNull();
    }

    @Test
    void restart_inTheMiddle_hasBothSetsStill() {
        Rollout rollout = site.layersRollout(TWO_GROUPS);
        site.turn();
        int canary = site.ofGroup(rollout, 1).get(0);
        site.polls(canary, "7.5.2b");
        site.close();

        site = new RolloutSite(Engine.open(url), clock, false);
        site.edits.offer(layers(NEW));
        assertThat(site.edits.state().rolling()).isNotNull();
        assertThat(site.edits.state().held()).isNull();
        assertThat(hasNew(site.polls(canary, "7.5.2b"))).isTrue();
        assertThat(hasNew(site.polls(site.ofGroup(rollout, 2).get(0), "7.5.2b")))
                .isFalse();
    }

    @Test
    void anotherHub_followsWhatBecomesOfIt() {
        RolloutSite other = new RolloutSite(Engine.open(url), clock, false);
        other.edits.offer(layers(NEW));
        Rollout rollout = site.layersRollout(",\"sample\":1");
        assertThatThrownBy(() -> other.layersRollout("")).hasMessageContaining("is being rolled out");
        other.turn();
        assertThat(other.edits.state().rolling()).isNotNull();
        assertThat(other.edits.state().held()).isNull();
        site.turn();
        for (int number = 0; number < 6; number++) {
            applies(number);
        }
        site.turn();
        other.turn();
        assertThat(other.edits.state().inForce().files()).isEqualTo(NEW);

        site.act(rollout, RolloutAction.BACK);
        other.turn();
        assertThat(other.edits.state().inForce().files()).isEqualTo(RolloutSite.shipped());
        other.close();
    }

    @Test
    void edit_whileAChangeIsUnderWay_isHeldHoweverSmall() {
        site.layersRollout(TWO_GROUPS);
        site.turn();
        site.edits.offer(layers(edited("third.example.net")));

        assertThat(site.edits.state().held()).isNotNull();
        assertThat(site.edits.release(site.database.unitOfWork(), change -> {})).isEmpty();
        assertThatThrownBy(() -> site.layersRollout("")).hasMessageContaining("being rolled out");
    }

    @Test
    void back_afterItsEnd_putsTheFormerInForceForAll() {
        Rollout rollout = site.layersRollout(",\"sample\":1");
        site.turn();
        for (int number = 0; number < 6; number++) {
            applies(number);
        }
        site.turn();
        assertThat(site.edits.state().inForce().files()).isEqualTo(NEW);
        assertThatThrownBy(() -> site.act(rollout, RolloutAction.CANCEL)).hasMessageContaining("allowed: back");

        site.act(rollout, RolloutAction.BACK);

        assertThat(site.edits.state().inForce().files()).isEqualTo(RolloutSite.shipped());
        assertThat(site.edits.state().held()).isNotNull();
        assertThat(hasNew(site.polls(0, "7.5.2b"))).isFalse();
        assertThat(site.count(rollout, Progress.RETURNED)).isEqualTo(1);
        site.close();
        site = new RolloutSite(Engine.open(url), clock, false);
        assertThat(site.edits.state().inForce().files()).isEqualTo(RolloutSite.shipped());
    }
}
