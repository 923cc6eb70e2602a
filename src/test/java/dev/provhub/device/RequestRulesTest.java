package dev.provhub.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.ShippedConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {
    private static final MacAddress MAC = new MacAddress("000e08abcdef");
    private static final String DIRECTORY = "abcdefghijklmnopqrstuvwxyz";

    private final RequestRules rules = ShippedConfig.RULES;

    @Test
    void read_defaultPathOfEveryModel_impliesTheFamily() {
        for (DeviceModel model : ShippedConfig.MODELS.all()) {
            for (String path :
                    model.provisionable().map(how -> how.defaultPaths()).orElse(List.of())) {
                String name = path.replace("$PSN", model.productSeries())
                        .replace("$PN", model.productNumber())
                        .replace("$MA", MAC.hex());
                assertThat(rules.read(name).asked())
                        .as(model.name() + " " + name)
                        .isInstanceOfSatisfying(Asked.DefaultPath.class, asked -> assertThat(
                                        Optional.ofNullable(asked.model()).map(DeviceModel::family))
                                .contains(model.family()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/spa942.cfg, SPA942, -",
                "spa508g.CFG, SPA508G, -",
                "//spa504G.cfg, SPA504G, -",
                "/8841-3PCC.xml, CP-8841-3PCC, -",
                "/CP-8831-3PCC.cfg, CP-8831-3PCC, -",
                "/CP-8841-3PCC.cfg, CP-8841-3PCC, -",
                "/Cisco/CP-8841-3PCC/000E08ABCDEF.cfg, CP-8841-3PCC, 000e08abcdef",
                "/Cisco/CP-9999-3PCC/000e08abcdef.cfg, -, 000e08abcdef",
                "/ata191.cfg, ATA191, -",
                "/init.cfg, PAP2T, -",
                "/spa.cfg, SPA-2000, -",
                "/000e08abcdef.xml, -, 000e08abcdef",
                "/spa000E08ABCDEF.xml, -, 000e08abcdef",
                "/spa000e08abcdef.cfg, -, 000e08abcdef",
                "/spa999.cfg, -, -",
            })
    void read_defaultPath_givesModelAndMac(String name, String model, String mac) {
        assertThat(rules.read(name).asked()).isInstanceOfSatisfying(Asked.DefaultPath.class, asked -> {
            assertThat(asked.model() == null ? null : asked.model().name()).isEqualTo(model);
            assertThat(asked.mac() == null ? null : asked.mac().hex()).isEqualTo(mac);
        });
    }

    @Test
    void read_nextStep_givesSeriesAndMac() {
        assertThat(rules.read("/b/508G/000E08ABCDEF.cfg").asked()).isEqualTo(new Asked.NextStep("508G", MAC));
        assertThat(rules.read("/B/$(PSN)/$(MA).cfg").asked()).isEqualTo(new Asked.NextStep("$(PSN)", null));
    }

    @Test
    void read_ownProfile_lowersTheDirectoryAndKeepsTheRest() {
        String upper = DIRECTORY.toUpperCase(java.util.Locale.ROOT);
        assertThat(rules.read("/P/" + upper + "/4.9F3a/6.1.5(a)/PROFILE.cfg").asked())
                .isEqualTo(new Asked.OwnProfile(DIRECTORY, "4.9F3a", "6.1.5(a)"));
    }

    @Test
    void read_ownProfileWithEmptySegments_keepsThemEmpty() {
        assertThat(rules.read("p/" + DIRECTORY + "///profile.cfg").asked())
                .isEqualTo(new Asked.OwnProfile(DIRECTORY, "", ""));
        assertThat(rules.read("///p/" + DIRECTORY + "//1.0/profile.cfg").asked())
                .isEqualTo(new Asked.OwnProfile(DIRECTORY, "", "1.0"));
    }

    @Test
    void read_ownProfile_toStringHidesTheDirectory() {
        assertThat(rules.read("/p/" + DIRECTORY + "/1/2/profile.cfg").asked().toString())
                .doesNotContain(DIRECTORY);
        assertThat(rules.read("/p/" + DIRECTORY + "/report").asked().toString()).doesNotContain(DIRECTORY);
    }

    @Test
    void read_otherNamesOfTheHub_areKnown() {
        assertThat(rules.read("/firmware/spa50x-30x-7-6-2g.bin").asked())
                .isEqualTo(new Asked.Firmware("spa50x-30x-7-6-2g.bin"));
        assertThat(rules.read("/ca/Hub.pem").asked()).isEqualTo(new Asked.Certificate("hub"));
        assertThat(rules.read("/rc").asked()).isEqualTo(new Asked.RemoteCustomization(null));
        assertThat(rules.read("//T/North/RC").asked()).isEqualTo(new Asked.RemoteCustomization("North"));
        assertThat(rules.read("/t/north/south/rc").asked()).isEqualTo(new Asked.Unknown());
        assertThat(rules.read("/p/" + DIRECTORY + "/report").asked()).isEqualTo(new Asked.Report(DIRECTORY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XMLDefault.cnf.xml", "/SEP000E08ABCDEF.cnf.xml", "ata000e08abcdef.cnf.xml"})
    void read_nameOfAnotherKindOfServer_isForeign(String name) {
        assertThat(rules.read(name).asked()).isInstanceOf(Asked.Foreign.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/firmware/",
                "/firmware/a/b.bin",
                "/firmware/../config/models.yaml",
                "/firmware/..",
                "/ca/..%2f.pem/x",
                "/b//000e08abcdef.cfg",
                "/p/" + DIRECTORY + "/1/2/3/profile.cfg",
                "/p//1/2/profile.cfg",
                "/spa/942.cfg",
                "/foo.xml",
                "/spa942.cfg\n",
                "/favicon.ico",
            })
    void read_anythingElse_isUnknown(String name) {
        assertThat(rules.read(name).asked()).isEqualTo(new Asked.Unknown());
    }

    @Test
    void rule_withoutWhatItNeeds_isRefused() {
        assertThatThrownBy(() -> new RequestRule("/x/{any}", Asked.Kind.FIRMWARE, null, ""))
                .hasMessage("path '/x/{any}' needs {file}");
        assertThatThrownBy(() -> new RequestRule("/x/{colour}", Asked.Kind.DEFAULT_PATH, null, ""))
                .hasMessage("{colour} is not known in a path");
        assertThatThrownBy(() -> new RequestRule("x", Asked.Kind.DEFAULT_PATH, null, ""))
                .hasMessage("path 'x' does not begin with a slash");
    }
}
