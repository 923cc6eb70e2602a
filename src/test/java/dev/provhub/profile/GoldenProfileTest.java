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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole profiles on the shipped configuration. After a change that is meant: {@code mvn test -Dtest=GoldenProfileTest
 * -Dgolden.bless=true}, then read the difference.
 */
class GoldenProfileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private final ProfileComposer composer = TestSite.composer();

    /** One model of every family that takes profiles. */
    static Stream<String> models() {
        Map<String, String> byFamily = new LinkedHashMap<>();
        ShippedConfig.MODELS.all().stream()
                .filter(model -> model.provisionable().isPresent())
                .forEach(model -> byFamily.putIfAbsent(model.family(), model.name()));
        return Stream.concat(byFamily.values().stream(), Stream.of("SPA508G", "SPA112", "CP-8841-3PCC", "PAP2T"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("models")
    void write_profilesOfModel_areAsBlessed(String name) throws IOException {
        DeviceModel model = ShippedConfig.model(name);
        Device device = TestSite.device(name, TestSite.first(), TestSite.second());
        assertGolden(name + ".bootstrap.xml", composer.bootstrap(model));
        assertGolden(name + ".key.xml", composer.key(device, model));
        assertGolden(name + ".full.xml", composer.full(device, model, Set.of()));
        assertGolden(
                name + ".wipe.xml", composer.wipe(device, model, Set.of("Proxy_1_", "Password_1_", "Time_Format")));
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
                assertThat(FlatProfileWriter.write(composer.unclaimed(TestSite.device(model.name()), model, Set.of())))
                        .isNotEmpty();
                assertThat(FlatProfileWriter.write(composer.full(TestSite.device(model.name(), line), model, Set.of())))
                        .isNotEmpty();
            }
        }
    }

    @Test
    void write_fullProfileOfEveryModel_saysHowLongCallsAndFailedUpgradesPutThingsOff() {
        for (DeviceModel model : ShippedConfig.MODELS.all()) {
            if (model.provisionable().isPresent()) {
                Profile profile = composer.full(TestSite.device(model.name(), TestSite.first()), model, Set.of());
                String xml = new String(FlatProfileWriter.write(profile), StandardCharsets.UTF_8);
                assertThat(xml)
                        .as(model.name())
                        .contains(
                                "<Resync_Random_Delay",
                                "<Resync_Error_Retry_Delay",
                                "<Forced_Resync_Delay",
                                "<Upgrade_Error_Retry_Delay");
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
