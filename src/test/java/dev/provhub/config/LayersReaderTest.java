package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.profile.LayerKind;
import dev.provhub.profile.Layers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayersReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void copyLayersOfTheHub() throws IOException {
        for (String name : List.of("bootstrap", "unclaimed", "wipe", "key", "line", "secured")) {
            Files.copy(ShippedConfig.FOLDER.resolve("layers/" + name + ".yaml"), folder.resolve(name + ".yaml"));
        }
    }

    @Test
    void read_shippedLayers_areThere() {
        Layers layers = ShippedConfig.LAYERS;
        assertThat(layers.names(LayerKind.BASE)).containsExactly("hardening", "lines");
        assertThat(layers.has(LayerKind.PLAN, "office")).isTrue();
        assertThat(layers.has(LayerKind.PLAN, "gold")).isFalse();
        assertThat(layers.names(LayerKind.TENANT)).isEmpty();
    }

    @Test
    void read_layersOfASite_areKnownByKindAndName() throws IOException {
        Layers layers = read("tenant/acme", "values: {Time_Format: {value: 24hr, ua: ro}}");
        assertThat(layers.has(LayerKind.TENANT, "acme")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "base/x; Colour: red; x.yaml:3:3: there is no parameter 'Colour'",
                "base/x; Time_Formt: 24hr; x.yaml:3:3: there is no parameter 'Time_Formt'; did you mean Time_Format?",
                "base/x; Time_Format: noon; x.yaml:3:3: Time_Format cannot be 'noon': allowed is one of 12hr, 24hr",
                "base/x; Time_Format: '${device.colour}'; x.yaml:3:3: ${device.colour} is not known",
                "base/x; Station_Name: '${line.sipUser}'; x.yaml:3:3: Station_Name is not for a line",
                "base/x; Speed_Dial_k_n_: '1'; x.yaml:3:3: Speed_Dial_k_n_ leaves an index open",
                "base/x; Profile_Rule: /x; x.yaml:3:3: Profile_Rule is set by the hub itself",
                "base/x; GPP_SA: x; x.yaml:3:3: GPP_SA is set by the hub itself",
                "base/x; GPP_B: '${key}'; x.yaml:3:3: ${key} is not known",
                "base/x; '${key.parameter}': x; x.yaml:3:3: ${key.parameter} is set by the hub itself",
                "base/x; Time_Format: {value: 24hr, ua: maybe}; x.yaml:3: 'maybe' is not one of na, ro, rw",
                "model/SPA9xx; SPCP_Auto-detect: No; SPA9xx.yaml:3:3: model SPA901 has no parameter SPCP_Auto-detect",
                "model/SPA942; SPCP_Auto-detect: No; SPA942.yaml:3:3: model SPA942 has no parameter SPCP_Auto-detect",
            })
    void read_badValue_isRefusedWithFileAndLine(String file, String value, String complaint) {
        assertThatThrownBy(() -> read(file, "values:\n  " + value)).hasMessageContaining(complaint);
    }

    @Test
    void read_badSetting_isRefused() {
        assertThatThrownBy(() -> read("plan/x", "settings: {profileTransport: ftp}"))
                .hasMessageContaining(
                        "x.yaml:2:12: setting profileTransport cannot be 'ftp': allowed is http, tftp or published");
        assertThatThrownBy(() -> read("plan/x", "settings: {colour: red}"))
                .hasMessageContaining("setting 'colour' is not known");
        assertThatThrownBy(() -> read("model/SPA50x", "settings: {firmwareVersion: 7.6.2g}"))
                .hasMessageContaining("SPA50x.yaml:2: firmware/catalog.yaml has no version 7.6.2g for model SPA301");
    }

    @Test
    void read_modelThatIsNot_isRefused() {
        assertThatThrownBy(() -> read("model/SPA999", "values: {}"))
                .hasMessageContaining("there is no model or family 'SPA999' in models.yaml");
    }

    private Layers read(String name, String text) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "description: test\n" + text + "\n");
        return LayersReader.read(folder, ShippedConfig.MODELS, ShippedConfig.DICTIONARY, ShippedConfig.FIRMWARE);
    }
}
