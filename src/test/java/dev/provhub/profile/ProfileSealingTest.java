package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.LayersReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.config.TextFiles;
import dev.provhub.device.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the layer setting {@code profileSealing} does, and where it is refused. */
class ProfileSealingTest {
    private static final String MPP = "CP-8841-3PCC";
    private static final String MATERIAL = "wrUYV6ClqqY9VWBdWJXJhA";

    private final ProfileComposer composer = TestSite.composer();

    private static Device device(String model, Map<String, String> settings) {
        return running("sip88xx.12-0-7MPP0201-66", model, settings);
    }

    private static Device running(
            @org.jspecify.annotations.Nullable String version, String model, Map<String, String> settings) {
        Device device = TestSite.device(model, settings, "office", TestSite.first());
        return device.withStanding(device.standing().running(version));
    }

    private static String text(Profile profile, String name) {
        return profile.find(name).map(ProfileValue::text).orElse("(not set)");
    }

    @Test
    void aes128gcm_keyAndFullProfile_holdTheMaterialAndARuleWithoutKey() {
        Device device = device(MPP, Map.of("profileSealing", "aes128gcm"));

        for (Profile profile : new Profile[] {
            composer.key(device, ShippedConfig.model(MPP)), composer.full(device, ShippedConfig.model(MPP), Set.of())
        }) {
            assertThat(text(profile, "IKM_HTTP_Encrypt_Content")).isEqualTo(MATERIAL);
            assertThat(text(profile, "GPP_SA")).isEqualTo(TestSite.KEY);
            assertThat(text(profile, "Profile_Rule"))
                    .isEqualTo(
                            "($PRVST eq 2 and $PRVTMR ge 3600)? https://prov.example.net/b/$(PSN)/$(MA).cfg?sn=$(SN)&sw="
                                    + "$(SWVER) | http://prov.example.net/p/" + TestSite.DIRECTORY
                                    + "/$(P)/$(SWVER)/profile.gcm");
            assertThat(profile.masked().toString()).doesNotContain(MATERIAL);
        }
    }

    @Test
    void openssl_isAsEver_andTakesTheMaterialBack() {
        Device device = device(MPP, Map.of());

        Profile profile = composer.full(device, ShippedConfig.model(MPP), Set.of("IKM_HTTP_Encrypt_Content"));

        assertThat(text(profile, "IKM_HTTP_Encrypt_Content")).isEmpty();
        assertThat(text(profile, "Profile_Rule")).contains("[--key $(SA)]").endsWith("/profile.cfg");
        assertThat(text(composer.key(device, ShippedConfig.model(MPP)), "IKM_HTTP_Encrypt_Content"))
                .isEqualTo("(not set)");
    }

    @Test
    void aes128gcm_overAnythingButHttp_isRefused() {
        Device device = device(MPP, Map.of("profileSealing", "aes128gcm", "profileTransport", "tftp"));

        assertThatThrownBy(() -> composer.full(device, ShippedConfig.model(MPP), Set.of()))
                .hasMessageContaining("aes128gcm needs profileTransport http");
    }

    @Test
    void aes128gcm_forAModelThatDoesNotReadIt_isRefusedOrPassedOver() {
        assertThat(composer.complaint(ShippedConfig.model("SPA504G"), "profileSealing", "aes128gcm"))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("SPA504G does not read it"));
        assertThat(composer.complaint(ShippedConfig.model(MPP), "profileSealing", "aes128gcm"))
                .isEmpty();
        assertThat(composer.complaint(ShippedConfig.model(MPP), "profileSealing", "rot13"))
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("openssl or aes128gcm"));

        assertThatThrownBy(() -> layers("model/SPA50x.yaml"))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("SPA50x.yaml:")
                .hasMessageContaining("cannot be 'aes128gcm'");
        ProfileComposer everywhere =
                TestSite.composer(layers("base/zz.yaml"), ShippedConfig.FIRMWARE, TestSite.ADDRESSES);
        assertThat(text(
                        everywhere.full(device("SPA504G", Map.of()), ShippedConfig.model("SPA504G"), Set.of()),
                        "Profile_Rule"))
                .contains("--key");
        assertThat(text(everywhere.full(device(MPP, Map.of()), ShippedConfig.model(MPP), Set.of()), "Profile_Rule"))
                .doesNotContain("--key");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "unknown", textBlock = """
            unknown,                        cfg
            11.0,                           cfg
            11.0.1,                         cfg
            11.2.2,                         cfg
            sip88xx.11-0-1MPP-376,          cfg
            nonsense,                       cfg
            11.2.3,                         gcm
            11.2(3),                        gcm
            11-2-3MSR1-1,                   gcm
            sip88xx.12-0-7MPP0201-66,       gcm
            """)
    void aes128gcm_forFirmwareThatHasNotShownThatItReadsIt_isPutOff(
            @org.jspecify.annotations.Nullable String version, String ending) {
        Device device = running(version, MPP, Map.of("profileSealing", "aes128gcm"));

        Profile profile = composer.full(device, ShippedConfig.model(MPP), Set.of());

        assertThat(text(profile, "Profile_Rule")).endsWith("/profile." + ending);
        assertThat(text(profile, "Profile_Rule").contains("--key")).isEqualTo(ending.equals("cfg"));
        Device asEver = running(version, MPP, Map.of());
        assertThat(composer.revision(device, ShippedConfig.model(MPP))
                        .equals(composer.revision(asEver, ShippedConfig.model(MPP))))
                .as("the revision tells whether it is sealed so")
                .isEqualTo(ending.equals("cfg"));
    }

    @Test
    void aes128gcm_withFirmwareTooOldInTheSameLayer_isRefused() {
        LayerBuilder layer = LayerBuilder.forModels(
                        "model/x", ShippedConfig.DICTIONARY, List.of(ShippedConfig.model(MPP)), Set.of())
                .setting("firmwareVersion", "11-0-1MPP0001-376");

        assertThatThrownBy(() -> layer.setting("profileSealing", "aes128gcm"))
                .hasMessageContainingAll("aes128gcm", "11-0-1MPP0001-376", "from 11.2.3 on");
        assertThat(LayerBuilder.forModels(
                                "model/x", ShippedConfig.DICTIONARY, List.of(ShippedConfig.model(MPP)), Set.of())
                        .setting("profileSealing", "aes128gcm")
                        .setting("firmwareVersion", "12-0-7MPP0201-66")
                        .build()
                        .settings())
                .hasSize(2);
    }

    @Test
    void aes128gcm_forAModelWithoutTheParameter_isPassedOver() {
        Device device = device("DP-9861", Map.of("profileSealing", "aes128gcm"));

        Profile profile = composer.full(device, ShippedConfig.model("DP-9861"), Set.of());

        assertThat(text(profile, "IKM_HTTP_Encrypt_Content")).isEqualTo("(not set)");
        assertThat(text(profile, "Profile_Rule")).contains("[--key $(A)]").endsWith("/profile.cfg");
    }

    @Test
    void aes128gcm_withLayersThatHandOverNoMaterial_isRefused() {
        Path config = Path.of("config");
        Map<String, String> texts = new TreeMap<>(TextFiles.layers(config).texts());
        texts.computeIfPresent(
                "secured.yaml", (path, text) -> text.replace("IKM_HTTP_Encrypt_Content: ${key.material}", ""));
        Layers before = LayersReader.read(
                config.resolve("layers"),
                texts,
                ShippedConfig.MODELS,
                ShippedConfig.DICTIONARY,
                ShippedConfig.FIRMWARE);
        ProfileComposer old = TestSite.composer(before, ShippedConfig.FIRMWARE, TestSite.ADDRESSES);
        Device device = device(MPP, Map.of("profileSealing", "aes128gcm"));

        assertThatThrownBy(() -> old.key(device, ShippedConfig.model(MPP))).hasMessageContaining("${key.material}");
        assertThat(old.key(device(MPP, Map.of()), ShippedConfig.model(MPP)).values())
                .isNotEmpty();
    }

    /** The shipped ones and one more. */
    private static Layers layers(String path) {
        Path config = Path.of("config");
        Map<String, String> texts = new TreeMap<>(TextFiles.layers(config).texts());
        texts.put(path, "description: Under test\nsettings:\n  profileSealing: aes128gcm\n");
        return LayersReader.read(
                config.resolve("layers"),
                texts,
                ShippedConfig.MODELS,
                ShippedConfig.DICTIONARY,
                ShippedConfig.FIRMWARE);
    }
}
