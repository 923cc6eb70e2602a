package dev.provhub.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans as JSON. */
class PlanJsonTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static RolloutPlan read(String json) throws Exception {
        return PlanJson.read(new ObjectMapper().readTree(json), NOW);
    }

    @Test
    void read_theLeast_hasOneGroupAndUsualThresholds() throws Exception {
        RolloutPlan plan = read("{\"filter\":\"all\",\"versions\":{\"spa50x-30x\":\"7.6.2g\"}}");

        assertThat(plan.groups())
                .containsExactly(new GroupPlan(null, Threshold.parse("90%"), Threshold.parse("10%"), 5));
        assertThat(plan.starts()).isNull();
        assertThat(plan.windows()).isEqualTo(MaintenanceWindows.ALWAYS);
    }

    @Test
    void write_everything_isReadBackAlike() throws Exception {
        RolloutPlan plan = read("""
                {"kind":"firmware","name":"spring","filter":"model=SPA504G","versions":{"a":"1.2.3","b":"11-0-1MPP0001-3"},
                 "groups":["3",{"size":"10%","success":"100%","errors":"1","sample":2},"rest"],"success":"80%","errors":"20%",
                 "sample":7,"window":"mon-fri 01:00-05:00","start":"now","joins":true,"priority":-3,"push":true,
                 "spreadMinutes":0}
                """);

        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
        assertThat(plan.starts()).isEqualTo(NOW);
        assertThat(plan.sizes(50)).isEqualTo(List.of(3, 5, 42));
        assertThat(plan.sizes(2)).isEqualTo(List.of(2, 0, 0));
    }

    /** Also one of a time when more was allowed. */
    @Test
    void read_whatIsKept_isTakenAsItIs() {
        RolloutPlan plan = PlanJson.read(
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"0\",\"60%\",\"60%\"],\"start\":\"2020-01-01T00:00:00Z\"}");

        assertThat(plan.sizes(10)).containsExactly(0, 6, 4, 0);
        assertThat(plan.starts()).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void read_theWholeInParts_andTheLatestStart_areTaken() throws Exception {
        RolloutPlan plan = read(
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"60%\",\"40%\"],\"start\":\"2026-03-01T10:00:00Z\"}");

        assertThat(plan.sizes(10)).containsExactly(6, 4, 0);
        assertThat(plan.starts()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"filter\":\"all\"}|versions",
                "{\"versions\":{\"a\":\"1\"}}|filter",
                "{\"kind\":\"layers\",\"filter\":\"all\"}|filter",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"grups\":[]}|'grups' is none of",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"rest\",\"3\"]}|groups",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"errors\":\"101%\"}|errors '101%' is not allowed",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"success\":\"most\"}|success 'most' is not allowed; allowed: a number such as 25, or 10%",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"-3\"]}|groups '-3' is not allowed",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"0\",\"3\"]}|groups '0' is not allowed; allowed: from 1, or from 1%",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"0%\"]}|groups '0%' is not allowed",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"groups\":[\"60%\",\"3\",\"41%\"]}|groups '60%, 41%' is not allowed; allowed: 100% of all together at most",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"start\":\"2026-03-01T10:59:59+01:00\"}|start '2026-03-01T10:59:59+01:00' is not allowed; allowed: now, or a time to come; it is 2026-03-01T10:00:00Z",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"errors\":\"0\"}|errors 0",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"start\":\"soon\"}|soon",
                "{\"filter\":\"all\",\"versions\":{\"a\":\"1\"},\"priority\":4000}|priority",
                "{\"filter\":\"all\\n\",\"versions\":{\"a\":\"1\"}}|control character"
            })
    void read_whatIsNotAllowed_isRefusedWithTheField(String json, String named) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(json)).withMessageContaining(named);
    }
}
