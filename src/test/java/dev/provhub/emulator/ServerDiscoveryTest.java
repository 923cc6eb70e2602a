package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.transport.PhoneUrl;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDiscoveryTest {
    private static List<String> urls(PhoneModel model, Map<Integer, String> options, String url) {
        return urls(model, options, url, "");
    }

    private static List<String> urls(PhoneModel model, Map<Integer, String> options, String url, String protocol) {
        PhoneIdentity identity = new PhoneIdentity(model, "001234ab45de", "FCH2443D9R4", "1.0.0");
        PhoneMemory memory = new PhoneMemory(identity, new ParameterTable(), false);
        memory.parameters().set("Transport_Protocol", protocol);
        PhoneFacts facts = PhoneModelTest.facts(identity, memory, false);
        return new ServerDiscovery(model.family(), new DhcpOptions(options), facts, memory.parameters())
                .urls(facts.expand(url)).stream().map(PhoneUrl::masked).toList();
    }

    @ParameterizedTest(name = "{0} with {1} asks {2}")
    @CsvSource({
        "SPA942, prov.example.net, tftp://prov.example.net/spa942.cfg",
        "SPA942, 10.0.0.1:6969, tftp://10.0.0.1:6969/spa942.cfg",
        "SPA508G, tftp://h:6969, tftp://h:6969/spa508G.cfg",
        "SPA508G, http://h:8080, http://h:8080/spa508G.cfg",
        "SPA508G, http://h:8080/, http://h:8080//spa508G.cfg",
        "SPA508G, http://h/x/$MA.cfg, http://h/x/001234ab45de.cfg",
        "PAP2T, h, tftp://h/init.cfg",
        "ATA192, h, tftp://h/ata192.cfg",
        "SPA112, https://h, https://h/spa112.cfg",
    })
    void urls_option66OfSpaAndAta_isCompletedOrReplaces(PhoneModel model, String option, String expected) {
        assertThat(urls(model, Map.of(66, option), model.profileRule())).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0} with {1} asks {2}")
    @CsvSource({
        "SPA504G, https, https://h/spa504G.cfg",
        "ATA191, http, http://h/ata191.cfg",
        "SPA504G, none, tftp://h/spa504G.cfg",
        "SPA504G, '', tftp://h/spa504G.cfg",
        "SPA942, https, tftp://h/spa942.cfg",
        "SPA112, https, tftp://h/spa112.cfg",
    })
    void urls_transportProtocol_isTakenForABareServer(PhoneModel model, String protocol, String expected) {
        assertThat(urls(model, Map.of(66, "h"), model.profileRule(), protocol)).containsExactly(expected);
        assertThat(urls(model, Map.of(66, "tftp://h:70"), "/a", protocol)).containsExactly("tftp://h:70/a");
    }

    @Test
    void urls_tableOfTheMigrationGuide_isFollowed() {
        String tail1 = "/8851-3PCC.xml";
        String tail2 = "/Cisco/CP-8851-3PCC/001234ab45de.cfg";

        assertThat(urls(PhoneModel.CP_8851, Map.of(160, "https://h/path"), "/$PSN.xml"))
                .containsExactly("https://h/path", "https://h/path" + tail1, "https://h/path" + tail2);
        assertThat(urls(PhoneModel.CP_8851, Map.of(66, "https://h"), "/$PSN.xml"))
                .containsExactly("https://h" + tail1, "https://h" + tail2);
        assertThat(urls(PhoneModel.CP_8851, Map.of(66, "10.23.45.67"), "/$PSN.xml"))
                .containsExactly(
                        "tftp://10.23.45.67" + tail1,
                        "tftp://10.23.45.67" + tail2,
                        "http://10.23.45.67" + tail1,
                        "http://10.23.45.67" + tail2,
                        "https://10.23.45.67" + tail1,
                        "https://10.23.45.67" + tail2);
        assertThat(urls(PhoneModel.CP_8851, Map.of(66, "https://a;http://b"), "/$PSN.xml"))
                .containsExactly("https://a" + tail1, "https://a" + tail2, "http://b" + tail1, "http://b" + tail2);
    }

    @Test
    void urls_severalOptions_areTakenInOrder() {
        Map<Integer, String> options = Map.of(150, "10.0.0.1,10.0.0.2", 160, "http://h160", 159, "10.0.0.159");

        assertThat(urls(PhoneModel.SPA504G, options, "/a")).containsExactly("http://h160/a");
        assertThat(urls(PhoneModel.SPA962, options, "/a")).containsExactly("tftp://10.0.0.1/a");
        assertThat(urls(PhoneModel.CP_7841, options, "/a")).hasSize(2 + 6 + 6).startsWith("http://h160/a");
    }

    @Test
    void urls_spa5xxWithoutUsableOption66_takesItselfForAnEnterprisePhone() {
        assertThat(urls(PhoneModel.SPA504G, Map.of(150, "10.0.0.2"), "/spa$PSN.cfg"))
                .containsExactly("tftp://10.0.0.2/XMLDefault.cnf.xml");
        assertThat(urls(PhoneModel.SPA504G, Map.of(66, "not a host", 150, "10.0.0.2"), "/spa$PSN.cfg"))
                .containsExactly("tftp://10.0.0.2/XMLDefault.cnf.xml");
        assertThat(urls(PhoneModel.SPA112, Map.of(150, "10.0.0.2"), "/spa$PSN.cfg"))
                .containsExactly("tftp://10.0.0.2/spa112.cfg");
    }

    @Test
    void urls_ruleWithServer_standsAsItIs() {
        Map<Integer, String> options = Map.of(66, "h");

        assertThat(urls(PhoneModel.CP_8841, options, "http://other:81/x?sn=$(SN)"))
                .containsExactly("http://other:81/x?sn=FCH2443D9R4");
        assertThat(urls(PhoneModel.SPA942, options, "192.168.1.130/profiles/init.cfg"))
                .containsExactly("tftp://192.168.1.130/profiles/init.cfg");
        assertThat(urls(PhoneModel.SPA942, options, "http://other")).isEmpty();
        assertThat(urls(PhoneModel.SPA942, Map.of(), "/a")).isEmpty();
    }
}
