package dev.provhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A database from before it was kept which rollout has told a device its version. */
@ParameterizedClass
@EnumSource(Engine.class)
class RolledByIT {
    private static final String BEFORE = "62";

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private static void device(Database database, String mac, String version, boolean down) {
        database.jdbc()
                .update(
                        "insert into device (mac, model, claimed, state, revision, seed_sealed, rolled_version, rolled_down)"
                                + " values (?, 'SPA504G', true, 'secured', 1, '', ?, ?)",
                        Binder.of(mac, version, down));
    }

    private static void part(Database database, String mac, int rollout, String state, String target, String before) {
        database.jdbc()
                .update(
                        "insert into rollout_device (mac, rollout_id, group_no, turn, state, target, before_version, repeats, pushed,"
                                + " changed, untold) values (?, ?, 1, 0, ?, ?, ?, 0, 0, ?, false)",
                        Binder.of(mac, rollout, state, target, before, Instant.EPOCH));
    }

    @Test
    void rolledBy_ofDevicesThatWereToldBefore_isTheLastRolloutToTheVersion() {
        String url = engine.freshUrl(folder);
        try (Database old = Database.openAt(url, "", "", BEFORE)) {
            old.unitOfWork().run(() -> {
                for (int rollout = 1; rollout <= 3; rollout++) {
                    old.jdbc()
                            .update(
                                    "insert into rollout (id, kind, state, priority, plan, devices, created, created_by, untold)"
                                            + " values (?, 'firmware', 'finished', 0, '{}', 1, ?, 'anna', false)",
                                    Binder.of(rollout, Instant.EPOCH));
                }
                device(old, "000e08000001", "7.6.2g", false);
                part(old, "000e08000001", 1, "failed", "7.6.2g", "7.5.2b");
                part(old, "000e08000001", 2, "told", "7.6.2g", "7.5.2b");
                part(old, "000e08000001", 3, "waiting", "7.6.2g", null);
                device(old, "000e08000002", "7.5.2b", true);
                part(old, "000e08000002", 1, "running", "7.6.2g", "7.5.2b");
                device(old, "000e08000003", "7.6.2g", false);
                device(old, "000e08000004", null, false);
                part(old, "000e08000004", 1, "failed", "7.6.2g", "7.5.2b");
                return true;
            });
        }

        try (Database now = Engine.open(url)) {
            List<Long> by = now.jdbc()
                    .query(
                            "select coalesce(rolled_by, 0) as rolled_by from device order by mac",
                            Binder.NONE,
                            row -> row.getLong("rolled_by"));
            assertThat(by).containsExactly(2L, 1L, 0L, 0L);
        }
    }
}
