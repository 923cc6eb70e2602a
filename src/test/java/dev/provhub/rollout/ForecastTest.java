package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a rollout may be through. */
class ForecastTest {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final RolloutPlan PLAN = PlanJson.read("""
            {"filter":"all","versions":{"spa50x-30x":"7.6.2g"},"groups":["10","100","rest"],"success":"80%"}""");

    private static Rollout rollout(RolloutState state) {
        return Rollout.made(PLAN, state, 1110, TEN, "anna").begun(1110, TEN).become(state, null);
    }

    private static Instant at(int minutes) {
        return TEN.plusSeconds(60L * minutes);
    }

    private static RolloutGroup group(int number, int devices, Integer begun, Integer done) {
        return new RolloutGroup(number, devices, begun == null ? null : at(begun), done == null ? null : at(done), 0);
    }

    private static Optional<Instant> forecast(List<RolloutGroup> groups, Map<Integer, GroupCounts> counts, int minute) {
        return Forecast.of(rollout(RolloutState.RUNNING), groups, counts, at(minute));
    }

    private static GroupCounts counts(long waiting, long running, long failed) {
        return new GroupCounts(Map.of(Progress.WAITING, waiting, Progress.RUNNING, running, Progress.FAILED, failed));
    }

    @Test
    void of_canaryHalfThrough_takesItsPaceForEachGroup() {
        List<RolloutGroup> groups =
                List.of(group(1, 10, 0, null), group(2, 100, null, null), group(3, 1000, null, null));

        // Four of the eight that it needs in 20 minutes: 20 more, and 40 for each of the other two
        assertThat(forecast(groups, Map.of(1, counts(6, 3, 1)), 20)).contains(at(20 + 20 + 80));
    }

    @Test
    void of_lastGroup_isNotAsLongAsItIsLarge() {
        List<RolloutGroup> groups = List.of(group(1, 10, 0, 30), group(2, 100, 30, 80), group(3, 1000, 80, null));
        Map<Integer, GroupCounts> counts = Map.of(1, counts(0, 10, 0), 2, counts(0, 100, 0), 3, counts(1000, 0, 0));

        // Nothing has arrived yet of the last: as long as the others, 40 minutes, of which 10 are over
        assertThat(forecast(groups, counts, 90)).contains(at(90 + 30));
        // A quarter of the 800 that it needs
        assertThat(forecast(groups, Map.of(3, counts(800, 200, 0)), 90)).contains(at(90 + 30));
        assertThat(forecast(groups, Map.of(3, counts(600, 400, 0)), 90)).contains(at(90 + 10));
    }

    @Test
    void of_groupThatTakesLongerThanUsual_isThroughNow() {
        List<RolloutGroup> groups = List.of(group(1, 10, 0, 30), group(2, 100, 30, null));

        assertThat(forecast(groups, Map.of(2, counts(100, 0, 0)), 500)).contains(at(500));
        assertThat(forecast(groups, Map.of(2, counts(5, 95, 0)), 500)).contains(at(500));
    }

    @Test
    void of_rolloutThatHasShownNothing_isEmpty() {
        List<RolloutGroup> groups = List.of(group(1, 10, 0, null), group(2, 100, null, null));

        assertThat(forecast(groups, Map.of(1, counts(10, 0, 0)), 20)).isEmpty();
        assertThat(forecast(groups, Map.of(), 20)).isEmpty();
        assertThat(forecast(List.of(group(1, 10, 0, 30)), Map.of(1, counts(0, 10, 0)), 40))
                .isEmpty();
        assertThat(Forecast.of(rollout(RolloutState.PAUSED), groups, Map.of(1, counts(5, 5, 0)), at(20)))
                .isEmpty();
    }

    @Test
    void of_groupWithoutDevices_saysNothingOfTheOthers() {
        List<RolloutGroup> groups = List.of(group(1, 10, 0, 30), group(2, 0, 30, 30), group(3, 5, 30, null));

        assertThat(forecast(groups, Map.of(3, counts(5, 0, 0)), 40)).contains(at(60));
    }

    @Test
    void of_clockThatWentBack_isNotBeforeNow() {
        assertThat(forecast(List.of(group(1, 10, 50, null)), Map.of(1, counts(5, 5, 0)), 20))
                .contains(at(20));
    }
}
