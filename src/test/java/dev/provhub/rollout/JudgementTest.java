package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the numbers of a group say. */
class JudgementTest {
    private static final RolloutGroup GROUP = new RolloutGroup(1, 100, Instant.EPOCH, null, 0);

    private static GroupPlan plan(String success, String errors, int sample) {
        return new GroupPlan(null, Threshold.parse(success), Threshold.parse(errors), sample);
    }

    private static GroupCounts counts(long waiting, long told, long running, long failed) {
        Map<Progress, Long> by = new HashMap<>();
        by.put(Progress.WAITING, waiting);
        by.put(Progress.TOLD, told);
        by.put(Progress.RUNNING, running);
        by.put(Progress.FAILED, failed);
        return new GroupCounts(by);
    }

    @ParameterizedTest
    @CsvSource({
        // waiting, told, running, failed, offline, success, errors, sample, verdict
        "100, 0, 0, 0, 0, 90%, 10%, 5, WAIT",
        "10, 0, 89, 1, 0, 90%, 10%, 5, WAIT",
        "10, 0, 90, 0, 0, 90%, 10%, 5, DONE",
        "0, 97, 3, 0, 0, 90%, 10%, 5, WAIT",
        // two failures of three known are below the sample
        "0, 97, 1, 2, 0, 90%, 10%, 5, WAIT",
        "0, 95, 4, 1, 0, 90%, 10%, 5, STOP",
        "0, 50, 46, 4, 0, 90%, 10%, 5, WAIT",
        "0, 0, 0, 3, 0, 90%, 3, 1, STOP",
        "0, 90, 8, 2, 0, 90%, 3, 1, WAIT",
        "50, 0, 10, 0, 0, 10, 10%, 5, DONE",
        // those that are offline count for nothing
        "20, 0, 75, 5, 20, 90%, 10%, 5, DONE",
        "100, 0, 0, 0, 100, 90%, 10%, 5, WAIT",
        // nobody is left who could still arrive
        "0, 0, 94, 6, 0, 95%, 10%, 5, STOP",
        "0, 0, 0, 0, 0, 90%, 10%, 5, DONE",
        // a group smaller than the sample
        "0, 0, 2, 0, 0, 90%, 10%, 5, DONE",
        "0, 0, 1, 1, 0, 90%, 10%, 5, STOP",
        // a group smaller than a number that is wanted
        "0, 0, 10, 0, 0, 25, 10%, 5, DONE",
        "0, 1, 9, 0, 0, 25, 10%, 5, WAIT"
    })
    void of_numbers_saysWhatIsToBeDone(
            long waiting,
            long told,
            long running,
            long failed,
            long offline,
            String success,
            String errors,
            int sample,
            Judgement.Verdict verdict) {
        Judgement judgement =
                Judgement.of(plan(success, errors, sample), GROUP, counts(waiting, told, running, failed), offline);

        assertThat(judgement.verdict()).isEqualTo(verdict);
    }

    @Test
    void of_failuresThatAreForgiven_countsTheLaterOnes() {
        RolloutGroup forgiving = GROUP.forgiving(20);

        assertThat(Judgement.of(plan("90%", "10%", 5), forgiving, counts(30, 0, 50, 20), 0)
                        .verdict())
                .isEqualTo(Judgement.Verdict.WAIT);
        assertThat(Judgement.of(plan("90%", "10%", 5), forgiving, counts(20, 0, 53, 27), 0)
                        .reason())
                .contains("7 of 60 failed");
    }
}
