package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileComposerTest {
    private static final DeviceModel SPA508G = ShippedConfig.model("SPA508G");
    private static final DeviceModel SPA942 = ShippedConfig.model("SPA942");
    private final ProfileComposer composer = TestSite.composer();

    @Test
    void bootstrap_anyModel_holdsNoSecret() {
        for (DeviceModel model : ShippedConfig.MODELS.all()) {
            if (model.provisionable().isPresent()) {
                assertThat(composer.bootstrap(model).values()).noneMatch(ProfileValue::secret);
            }
        }
        assertThat(composer.genericBootstrap().values()).noneMatch(ProfileValue::secret);
    }

    @Test
    void bootstrap_modelThatTakesNoProfile_isRefusedWithTheReason() {
        assertThatThrownBy(() -> composer.bootstrap(ShippedConfig.model("SPA302D")))
                .isInstanceOf(ProfileException.class)
                .hasMessage("model SPA302D cannot be provisioned: a handset; it is provisioned through its SPA232D");
    }

    @Test
    void unclaimed_device_asksSeldom() {
        assertThat(text(composer.unclaimed(TestSite.device("SPA508G"), SPA508G, Set.of()), "Resync_Periodic"))
                .isEqualTo("3600+600");
        assertThat(text(composer.unclaimed(TestSite.device("SPA942"), SPA942, Set.of()), "Resync_Periodic"))
                .isEqualTo("3600");
        assertThat(text(composer.unclaimed(TestSite.device("SPA942"), SPA942, Set.of()), "Profile_Rule"))
                .isEqualTo(text(composer.bootstrap(SPA942), "Profile_Rule"));
    }

    @Test
    void key_rotationRuns_handsOverThePendingPair() {
        String pending = "ff".repeat(32);
        DeviceKeys keys =
                new DeviceKeys(new DeviceKey(TestSite.KEY, TestSite.DIRECTORY), new DeviceKey(pending, "z".repeat(26)));
        Device device = TestSite.device("SPA508G", Map.of(), null, keys, null);
        Profile profile = composer.key(device, SPA508G);
        assertThat(text(profile, "GPP_A")).isEqualTo(pending);
        assertThat(text(profile, "Profile_Rule")).contains("z".repeat(26)).doesNotContain(TestSite.DIRECTORY);
    }

    @Test
    void key_deviceWithoutKey_isRefused() {
        Device device = TestSite.device("SPA508G", Map.of(), null, DeviceKeys.NONE, null);
        assertThatThrownBy(() -> composer.key(device, SPA508G)).hasMessage("device 000e08abcdef has no key yet");
    }

    @Test
    void full_secretsByOrigin_areMasked() {
        Profile profile = composer.full(TestSite.device("SPA508G", TestSite.first()), SPA508G, Set.of());
        String shown = profile.masked().toString() + profile;
        assertThat(shown)
                .doesNotContain(TestSite.KEY)
                .doesNotContain(TestSite.DIRECTORY)
                .doesNotContain("rosebud")
                .doesNotContain("derived-")
                .contains("GPP_A=********")
                .contains("User_ID_1_=4989123456");
        assertThat(profile.find("Profile_Rule").orElseThrow().secret()).isTrue();
        assertThat(profile.find("Password_1_").orElseThrow().origin().layer()).isEqualTo("line");
    }

    @Test
    void full_passwordInAnOpenParameter_isSecret() {
        Device device = TestSite.device("SPA508G", Map.of("GPP_C", "x-${secret.sso}"), null);
        ProfileValue value =
                composer.full(device, SPA508G, Set.of()).find("GPP_C").orElseThrow();
        assertThat(value.text()).isEqualTo("x-derived-sso");
        assertThat(value.secret()).isTrue();
    }

    @Test
    void full_severalLayers_laterOneWins() {
        ProfileComposer site = site(Map.of(
                LayerKind.BASE,
                        Map.of("b", layer("base/b", "Station_Name", "base", "Text_Logo", "base", "GPP_B", "base")),
                LayerKind.MODEL,
                        Map.of(
                                "SPA50x", layer("model/SPA50x", "Station_Name", "family", "Text_Logo", "family"),
                                "SPA508G", layer("model/SPA508G", "Station_Name", "model")),
                LayerKind.PLAN, Map.of("office", layer("plan/office", "GPP_C", "plan", "GPP_D", "plan"))));
        Profile profile = site.full(TestSite.device("SPA508G", Map.of("GPP_D", "device"), "office"), SPA508G, Set.of());
        assertThat(profile.find("Station_Name").map(ProfileValue::toString))
                .contains("Station_Name=model (model/SPA508G)");
        assertThat(profile.find("Text_Logo").map(ProfileValue::toString)).contains("Text_Logo=family (model/SPA50x)");
        assertThat(profile.find("GPP_B").map(ProfileValue::toString)).contains("GPP_B=base (base/b)");
        assertThat(profile.find("GPP_C").map(ProfileValue::toString)).contains("GPP_C=plan (plan/office)");
        assertThat(profile.find("GPP_D").map(ProfileValue::toString)).contains("GPP_D=device (device)");
    }

    @Test
    void full_sharedLayerNamesWhatTheModelHasNot_isLeftOut() {
        ProfileComposer site = site(Map.of(LayerKind.BASE, Map.of("b", layer("base/b", "SPCP_Auto-detect", "No"))));
        assertThat(site.full(TestSite.device("SPA508G"), SPA508G, Set.of()).find("SPCP_Auto-detect"))
                .isPresent();
        assertThat(site.full(TestSite.device("SPA942"), SPA942, Set.of()).find("SPCP_Auto-detect"))
                .isEmpty();
    }

    @Test
    void full_missingFact_leavesItToTheLayersBelow() {
        Profile profile =
                composer.full(TestSite.device("SPA508G", TestSite.first(), TestSite.second()), SPA508G, Set.of());
        assertThat(text(profile, "SIP_Transport_1_")).isEqualTo("TLS");
        assertThat(text(profile, "SIP_Transport_2_")).isEqualTo("UDP");
        assertThat(text(profile, "Use_Outbound_Proxy_1_")).isEqualTo("Yes");
        assertThat(text(profile, "Use_Outbound_Proxy_2_")).isEqualTo("No");
        assertThat(profile.find("User_ID_3_")).isEmpty();
    }

    @Test
    void full_valueForOneLine_isThereOnlyWithTheLine() {
        ProfileComposer site =
                site(Map.of(LayerKind.BASE, Map.of("b", layer("base/b", "Display_Name_2_", "to ${line.sipUser}"))));
        assertThat(site.full(TestSite.device("SPA508G", TestSite.first()), SPA508G, Set.of())
                        .find("Display_Name_2_"))
                .isEmpty();
        assertThat(text(site.full(TestSite.device("SPA508G", TestSite.second()), SPA508G, Set.of()), "Display_Name_2_"))
                .isEqualTo("to 4989123457");
    }

    @Test
    void full_valueThatDoesNotFit_isRefusedWithDeviceAndWhatIsAllowed() {
        Line line = new Line(1, null, null, "u".repeat(64), null, "geheim\n", "sip.example.net", null, null);
        assertThatThrownBy(() -> composer.full(TestSite.device("SPA942", line), SPA942, Set.of()))
                .isInstanceOf(ProfileException.class)
                .hasMessage("device 000e08abcdef: User_ID_1_ cannot be '" + "u".repeat(64)
                        + "': it has 64 characters; allowed is a user name, length 0 to 63 (layer line)");
        Line secret = new Line(1, null, null, "u", null, "geheim\n", "sip.example.net", null, null);
        assertThatThrownBy(() -> composer.full(TestSite.device("SPA942", secret), SPA942, Set.of()))
                .hasMessageContaining("Password_1_ has a control character")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void full_listOfDelaysForFirmwareWithOne_isRefused() {
        Device device = TestSite.device("SPA942", Map.of("Resync_Periodic", "60+60,300"), null);
        assertThatThrownBy(() -> composer.full(device, SPA942, Set.of()))
                .hasMessageContaining("this model takes a single number");
    }

    @Test
    void full_deviceSettingsThatCannotBe_areRefused() {
        assertThatThrownBy(() ->
                        composer.full(TestSite.device("SPA942", Map.of("NTP_Enable", "Yes"), null), SPA942, Set.of()))
                .hasMessage("device 000e08abcdef: model SPA942 has no parameter NTP_Enable");
        assertThat(composer.complaint(SPA942, "Profile_Rule", "x")).isPresent();
        assertThat(composer.complaint(SPA942, "profileTransport", "ftp")).isPresent();
        assertThat(composer.complaint(SPA942, "profileTransport", "tftp")).isEmpty();
        assertThat(composer.complaint(SPA942, "Station_Name", "Hall")).isEmpty();
    }

    @Test
    void full_transportOfProfile_isASetting() {
        Device device = TestSite.device("SPA942", Map.of("profileTransport", "tftp"), null);
        assertThat(text(composer.full(device, SPA942, Set.of()), "Profile_Rule"))
                .contains("[--key $(SA)] tftp://prov.example.net/p/");
    }

    @Test
    void full_moreDomainsThanFit_leavesThemOut() {
        Line[] lines = new Line[4];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(i + 1, null, null, "u", null, "p", "sip" + i + ".example.net", null, null);
        }
        assertThat(composer.full(TestSite.device("SPA942", lines), SPA942, Set.of())
                        .find("Restricted_Access_Domains"))
                .isEmpty();
        Line address = new Line(1, null, null, "u", null, "p", "192.0.2.1", null, null);
        assertThat(composer.full(TestSite.device("SPA942", address), SPA942, Set.of())
                        .find("Restricted_Access_Domains"))
                .isEmpty();
    }

    @Test
    void full_sameInput_isTheSame() {
        Device device = TestSite.device("SPA508G", TestSite.first());
        assertThat(TestSite.composer().full(device, SPA508G, Set.of()))
                .isEqualTo(composer.full(device, SPA508G, Set.of()));
    }

    @Test
    void revision_otherThanSecretsChange_changes() {
        Device device = TestSite.device("SPA508G", TestSite.first());
        String revision = composer.revision(device, SPA508G);
        assertThat(revision).matches("4\\.[0-9a-f]{10}");
        assertThat(composer.full(device, SPA508G, Set.of()).revision()).isEqualTo(revision);
        assertThat(text(composer.full(device, SPA508G, Set.of()), "GPP_P")).isEqualTo(revision);

        PublicAddresses moved = new PublicAddresses("tftp://n", "http://n", "https://n", null, "https://n");
        assertThat(TestSite.composer(ShippedConfig.LAYERS, ShippedConfig.FIRMWARE, moved)
                        .revision(device, SPA508G))
                .isNotEqualTo(revision);
        assertThat(composer.revision(TestSite.device("SPA508G", Map.of(), null, TestSite.first()), SPA508G))
                .isNotEqualTo(revision);
    }

    @Test
    void revision_secretsChange_staysBecauseTheDeviceCountsThem() {
        String revision = composer.revision(TestSite.device("SPA508G", TestSite.first()), SPA508G);
        assertThat(composer.revision(TestSite.device("SPA508G", TestSite.second()), SPA508G))
                .isEqualTo(revision);
    }

    @Test
    void full_firmwareVersion_becomesOneUpgradeRule() {
        Device device =
                TestSite.device("SPA508G", Map.of("firmwareVersion", "7.6.2g", "firmwareTransport", "tftp"), null);
        Profile profile = withFirmware().full(device, SPA508G, Set.of());
        assertThat(text(profile, "Upgrade_Rule"))
                .isEqualTo("($SWVER lt 7.5.2b)? tftp://prov.example.net/firmware/a-7-5-2b.bin"
                        + " | ($SWVER lt 7.6.2g)? tftp://prov.example.net/firmware/a-7-6-2g.bin");
        assertThat(profile.revision()).isNotEqualTo(composer.revision(device, SPA508G));
    }

    @Test
    void full_versionOutsideTheGrammar_isToldOnlyToThoseThatReportAnother() {
        DeviceKeys keys = new DeviceKeys(new DeviceKey(TestSite.KEY, TestSite.DIRECTORY), null);
        Map<String, String> settings = Map.of("firmwareVersion", "7.6.2SR7-special");
        assertThat(upgradeRule(TestSite.device("SPA508G", settings, null, keys, "7.5.2b")))
                .isEqualTo("http://prov.example.net/firmware/a-special.bin");
        assertThat(upgradeRule(TestSite.device("SPA508G", settings, null, keys, "7.6.2SR7-special")))
                .isEmpty();
        assertThat(upgradeRule(TestSite.device("SPA508G", settings, null, keys, null)))
                .isEmpty();
    }

    private static String upgradeRule(Device device) {
        return text(withFirmware().full(device, SPA508G, Set.of()), "Upgrade_Rule");
    }

    private static ProfileComposer withFirmware() {
        FirmwareCatalog catalog = new FirmwareCatalog(List.of(
                image("a-7-5-2b.bin", "7.5.2b", null),
                image("a-7-6-2g.bin", "7.6.2g", "7.5.2b"),
                image("a-special.bin", "7.6.2SR7-special", null)));
        return TestSite.composer(ShippedConfig.LAYERS, catalog, TestSite.ADDRESSES);
    }

    private static FirmwareImage image(String file, String version, String from) {
        return new FirmwareImage(
                file,
                Path.of(file),
                "spa50x-30x",
                FirmwareVersion.parse(version),
                from == null ? null : FirmwareVersion.parse(from),
                List.of(),
                null,
                "");
    }

    private static ProfileComposer site(Map<LayerKind, Map<String, Layer>> site) {
        Layers layers = new Layers(ShippedConfig.LAYERS.hub(), new EnumMap<>(site));
        return TestSite.composer(layers, ShippedConfig.FIRMWARE, TestSite.ADDRESSES);
    }

    private static Layer layer(String origin, String... namesAndTexts) {
        LayerBuilder builder = LayerBuilder.shared(origin, ShippedConfig.DICTIONARY, Set.of());
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            builder.value(LayerValue.of(namesAndTexts[i], namesAndTexts[i + 1]));
        }
        return builder.build();
    }

    private static String text(Profile profile, String name) {
        return profile.find(name)
                .orElseThrow(() -> new AssertionError("no " + name))
                .text();
    }
}
