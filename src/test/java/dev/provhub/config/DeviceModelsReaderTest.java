package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.sealing.KeyDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceModelsReaderTest {
    @TempDir
    Path folder;

    @Test
    void read_shippedFile_hasAllModels() {
        assertThat(ShippedConfig.MODELS.all()).hasSize(61);
        assertThat(ShippedConfig.MODELS.all().stream()
                        .filter(model -> model.provisionable().isEmpty())
                        .map(DeviceModel::name))
                .containsExactlyInAnyOrder("SPA302D", "RTP300", "WRTP54G", "ATA190");
    }

    @Test
    void read_shippedFile_namesParametersThatTheModelHas() {
        for (DeviceModel model : ShippedConfig.MODELS.all()) {
            model.provisionable().ifPresent(how -> {
                assertHas(model, how.keyParameter());
                if (how.customCaParameter() != null) {
                    assertHas(model, how.customCaParameter());
                }
            });
        }
    }

    private static void assertHas(DeviceModel model, String name) {
        assertThat(ShippedConfig.DICTIONARY.find(name).map(found -> found.parameter()
                        .holdsFor(model.parameterGroup())))
                .as(model.name() + " " + name)
                .contains(true);
    }

    @Test
    void read_modelOfFamily_hasFactsOfBoth() {
        DeviceModel model = ShippedConfig.model("SPA942");
        assertThat(model.productNumber()).isEqualTo("SPA-942");
        assertThat(model.productSeries()).isEqualTo("942");
        assertThat(model.lines()).isEqualTo(4);
        DeviceModel.Provisioning how = model.provisionable().orElseThrow();
        assertThat(how.tls()).isEqualTo(Tls.LEGACY);
        assertThat(how.digest()).isEqualTo(KeyDigest.MD5);
        assertThat(how.keyParameter()).isEqualTo("GPP_SA");
        assertThat(how.retryLists()).isFalse();
        assertThat(how.firmwareFamily()).isEqualTo("spa942");
        assertThat(how.defaultPaths()).containsExactly("/spa$PSN.cfg");
    }

    @Test
    void read_unknownKey_isRefusedWithFileAndLine() throws IOException {
        assertThatThrownBy(() -> read("""
                families:
                  A:
                    tls: legacy
                    colour: red
                models: {}
                """))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("models.yaml:4: 'colour'");
    }

    @Test
    void read_shippedFile_everyModelOfTheseVendorsCanBeToldToResync() {
        assertThat(ShippedConfig.MODELS.all().stream()
                        .filter(model -> model.provisionable().isPresent()))
                .allSatisfy(model -> assertThat(model.notifyEvents()).containsEntry("resync", "resync"));
        assertThat(ShippedConfig.model("SPA112").notifyEvents()).containsEntry("reboot", "reboot");
        assertThat(ShippedConfig.model("SPA504G").notifyEvents()).containsEntry("reboot", "reboot_now");
    }

    @ParameterizedTest
    @CsvSource({
        "'{sing: x}', 'sing'",
        "'{resync: \"a b\"}', 'a b',",
        "'{resync: \"x\\r\\nEvil: 1\"}', is no Event",
        "'{resync: check-sync;}', is no Event"
    })
    void read_notifyWithAMistake_isRefusedWithFileAndLine(String notify, String named) {
        assertThatThrownBy(() -> read("""
                families:
                  F: {parameters: none, provisionable: no, because: test, lines: 1}
                models:
                  X-1: {family: F, notify: %s}
                """.formatted(notify)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContainingAll("models.yaml:4: ", named);
    }

    @Test
    void read_twoModelsOfOneName_areRefused() {
        assertThatThrownBy(() -> read("""
                families:
                  F: {parameters: none, provisionable: no, because: test, lines: 1}
                models:
                  X-1: {family: F, pn: X1}
                  Y-1: {family: F, psn: "x 1"}
                """)).hasMessageContaining("'x 1' names two models, X-1 and Y-1");
    }

    @Test
    void read_familyCalledLikeOneOfItsModels_isRefused() {
        assertThatThrownBy(() -> read("""
                families:
                  X: {parameters: none, provisionable: no, because: test, lines: 1}
                models:
                  X: {family: X}
                  Y: {family: X}
                """)).hasMessageContaining("family X of model Y is called like the model X");
    }

    private void read(String models) throws IOException {
        Path file = Files.writeString(folder.resolve("models.yaml"), models);
        DeviceModelsReader.read(file, ShippedConfig.REQUEST_RULES);
    }
}
