package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./hub rule explain} as an integrator meets it. */
class RuleCommandIT {
    @Test
    void explain_json_saysWhatThePhoneWouldDo() throws Exception {
        CommandRun hub = explain(
                "($SWVER lt 7.5.2b)? ( c = \"$MA\" )! [--key $(A)] http://h/$C/a.cfg | /spa$PSN.cfg",
                "--model",
                "spa-504g",
                "--firmware",
                "7.4.9c",
                "--mac",
                "64:9e:f3:78:8e:6a",
                "--set",
                "GPP_A=secret phrase",
                "--json");
        JsonNode answer = new ObjectMapper().readTree(hub.ending(0));
        assertThat(answer.path("url").asText()).isEqualTo("http://h/649ef3788e6a/a.cfg");
        assertThat(answer.path("options").toString()).isEqualTo("{\"key\":\"secret phrase\"}");
        assertThat(answer.path("assigned").toString()).isEqualTo("{\"GPP_C\":\"649ef3788e6a\"}");
    }

    @Test
    void explain_retryByDhcp_isTold() throws Exception {
        CommandRun hub = explain(
                "($PRVST eq 2 and $PRVTMR ge 3600 and $REGTMR1 gt 60)? /home | /own/$SN",
                "--model",
                "SPA942",
                "--prvst",
                "2",
                "--prvtmr",
                "3599",
                "--regtmr1",
                "61",
                "--serial",
                "F1",
                "--dhcp66",
                "10.0.0.1");
        assertThat(hub.ending(0).strip()).isEqualTo("""
                    alternative 1:
                      $PRVST eq 2, which is 2 eq 2: true
                      $PRVTMR ge 3600, which is 3599 ge 3600: false
                    alternative 2:
                      has no condition and is taken
                      fetches tftp://10.0.0.1/own/F1""");
    }

    @Test
    void explain_mistakes_areRefusedInOneLine() throws Exception {
        assertThat(explain("/x", "--model", "SPA9999").ending(2)).startsWith("hub: --model 'SPA9999' is not in ");
        assertThat(explain("/x", "--model", "SPA942", "--as", "Proxy_1_").ending(2))
                .startsWith("hub: --as 'Proxy_1_' holds no rule: one of Profile_Rule,");
    }

    private CommandRun explain(String... arguments) {
        String[] all = Stream.concat(Stream.of("rule", "explain"), Stream.of(arguments))
                .toArray(String[]::new);
        return CommandRun.of(Map.of(), all);
    }
}
