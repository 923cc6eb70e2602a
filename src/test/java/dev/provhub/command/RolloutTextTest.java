package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rollouts for people. */
class RolloutTextTest {
    private static final String ONE =
            "\"id\":7,\"name\":\"spring\",\"state\":\"scheduled\",\"devices\":50,\"reason\":null";
    private static final String HOLD =
            "\"hold\":{\"held\":true,\"since\":\"2026-03-01T10:00:00.123Z\",\"who\":\"anna (abc)\"}";
    private static final String HELD =
            "every rollout is held since 2026-03-01T10:00:00Z by anna (abc): './hub hold --release' lets them go on\n";

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,5,42 | devices of its groups: 3, 5, 42",
                "50     | its one group has every device, so that all 50 begin at once: --group makes smaller ones that go before",
                "50,0,0 | its one group has every device, so that all 50 begin at once: --group makes smaller ones that go before"
                        + "@the first groups take every device; none is left for those with 0",
                "30,20,0,0 | devices of its groups: 30, 20, 0, 0@the first groups take every device; none is left for those with 0",
                "30,20,0 | devices of its groups: 30, 20, 0"
            })
    void made_tellsWhoBeginsTogether(String sizes, String told) throws Exception {
        assertThat(RolloutText.made(json("{" + ONE + ",\"groupSizes\":[" + sizes + "]}")))
                .isEqualTo("rollout 7 spring: scheduled, 50 devices\n" + told.replace('@', '\n') + "\n");
    }

    @Test
    void made_ofNoDeviceYet_isOneLine() throws Exception {
        assertThat(RolloutText.made(json("{" + ONE.replace("50", "0") + ",\"groupSizes\":[0,0]}")))
                .isEqualTo("rollout 7 spring: scheduled, 0 devices\n");
    }

    @Test
    void viewAndTable_whileAllAreHeld_sayItFirst() throws Exception {
        assertThat(RolloutText.view(json("{" + ONE + "," + HOLD + ",\"forecast\":null}")))
                .startsWith(HELD + "rollout 7 spring: scheduled, 50 devices\n");
        assertThat(RolloutText.view(
                        json("{" + ONE + ",\"hold\":{\"held\":false,\"since\":null,\"who\":null},\"forecast\":null}")))
                .startsWith("rollout 7 spring: scheduled, 50 devices\n");
        assertThat(RolloutText.table(json("{\"rollouts\":[]," + HOLD + "}"))).isEqualTo(HELD + "there are no rollouts");
        assertThat(RolloutText.table(json("{\"rollouts\":[],\"hold\":{\"held\":false,\"since\":null,\"who\":null}}")))
                .isEqualTo("there are no rollouts");
    }
}
