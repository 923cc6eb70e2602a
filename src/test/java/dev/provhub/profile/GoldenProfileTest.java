package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole profiles on the shipped configuration. After a change that is meant: {@code mvn test -Dtest=GoldenProfileTest
 * -Dgolden.bless=true}, then read the difference.
 */
class GoldenProfileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private final ProfileComposer composer = TestSite.composer();

    @ParameterizedTest
    @ValueSource(strings = {"SPA942", "SPA508G", "SPA112", "ATA191", "CP-8841-3PCC", "PAP2T"})
    void write_profilesOfModel_areAsBlessed(String name) throws IOException {
        DeviceModel model = ShippedConfig.model(name);
        Device device = TestSite.device(name, TestSite.first(), TestSite.second());
        assertGolden(name + ".bootstrap.xml", composer.bootstrap(model));
        assertGolden(name + ".key.xml", composer.key(device, model));
        assertGolden(name + ".full.xml", composer.full(device, model));
    }

    @Test
    void write_genericBootstrap_isAsBlessed() throws IOException {
        assertGolden("generic.bootstrap.xml", composer.genericBootstrap());
    }

    @Test
    void write_profilesOfEveryModel_succeed() {
        for (DeviceModel model : ShippedConfig.MODELS.all()) {
            if (model.provisionable().isPresent()) {
                Line line = TestSite.first();
                assertThat(FlatProfileWriter.write(composer.bootstrap(model))).isNotEmpty();
                assertThat(FlatProfileWriter.write(composer.unclaimed(model))).isNotEmpty();
                assertThat(FlatProfileWriter.write(composer.full(TestSite.device(model.name(), line), model)))
                        .isNotEmpty();
            }
        }
    }

    private static void assertGolden(String name, Profile profile) throws IOException {
        byte[] bytes = FlatProfileWriter.write(profile);
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.bless")) {
            Files.write(file, bytes);
        }
        assertThat(new String(bytes, StandardCharsets.US_ASCII)).isEqualTo(Files.readString(file));
    }
}
