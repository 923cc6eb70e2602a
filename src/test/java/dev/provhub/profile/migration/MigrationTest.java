package dev.provhub.profile.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.LayerFileWriter;
import dev.provhub.config.LayersReader;
import dev.provhub.config.ShippedConfig;
import dev.provhub.config.TextFiles;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.FlatProfileReader;
import dev.provhub.profile.FlatProfileReader.Read;
import dev.provhub.profile.Layers;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.PublicAddresses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final Set<String> RESERVED = ShippedConfig.LAYERS.hub().reserved(ShippedConfig.MODELS);
    private static final List<String> MODELS = List.of("SPA504G", "SPA112", "SPA942", "CP-8841-3PCC");
    private static final PublicAddresses ADDRESSES = new PublicAddresses(
            "tftp://prov.example.net",
            "http://prov.example.net",
            "https://prov.example.net",
            "https://old.example.net:8444",
            "https://api.example.net");

    @Test
    void of_aHundredFiles_renderBackToTheSameParameters() {
        List<PresentFile> files = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            files.add(file(i));
        }

        Migration.Result result = Migration.of(files, ShippedConfig.DICTIONARY, RESERVED);

        assertThat(result.shared()).extracting(Read::name).contains("Resync_Random_Delay", "Site_Special", "GPP_H");
        assertThat(result.ofModels()).hasSize(MODELS.size());
        assertThat(result.leftOut()).allSatisfy(left -> assertThat(left.because())
                .containsAnyOf("set by the hub itself", "has no parameter", "cannot be 'noon'", "access alone"));
        Layers layers = layersWith(result);
        ProfileComposer composer = new ProfileComposer(
                ShippedConfig.DICTIONARY,
                () -> layers,
                RESERVED,
                () -> ShippedConfig.FIRMWARE,
                tenant -> ADDRESSES,
                (seed, name) -> "derived-" + name);
        for (int i = 0; i < files.size(); i++) {
            PresentFile file = files.get(i);
            Set<String> leftOut = new java.util.HashSet<>();
            result.leftOut().stream()
                    .filter(left -> left.file().equals(file.name()))
                    .forEach(left -> leftOut.add(left.parameter()));
            Profile profile = composer.full(device(result.devices().get(i)), file.model(), Set.of());
            for (Read wanted : file.parameters()) {
                if (!leftOut.contains(wanted.name())) {
                    assertThat(profile.find(wanted.name()).map(value -> value.text()))
                            .as("%s of %s", wanted.name(), file.name())
                            .contains(wanted.text());
                }
            }
        }
        int own = result.devices().stream()
                .mapToInt(device -> device.values().size())
                .sum();
        assertThat(own).as("values that stay with single devices").isLessThan(100 * 5);
    }

    @Test
    void of_secrets_neverGoUpIntoALayer() {
        List<PresentFile> files = List.of(file(0), file(4));

        Migration.Result result = Migration.of(files, ShippedConfig.DICTIONARY, RESERVED);

        String layers = result.shared() + " "
                + result.ofModels().values().stream()
                        .flatMap(List::stream)
                        .map(Read::text)
                        .toList();
        assertThat(layers).doesNotContain("swordfish").doesNotContain("geheim");
        assertThat(result.devices().get(0).values()).extracting(Read::name).contains("Admin_Passwd");
        assertThat(result.toString()).doesNotContain("swordfish").doesNotContain("geheim");
    }

    @Test
    void of_whatCannotBeTakenOver_isToldWithFileAndLine() {
        Migration.Result result = Migration.of(List.of(file(0)), ShippedConfig.DICTIONARY, RESERVED);

        assertThat(result.leftOut())
                .contains(
                        new Migration.LeftOut(
                                "000e08000000.xml",
                                2,
                                "Profile_Rule",
                                "Profile_Rule is set by the hub itself (layers/secured.yaml)"),
                        new Migration.LeftOut(
                                "000e08000000.xml",
                                3,
                                "Time_Format",
                                "Time_Format cannot be 'noon': allowed is one of 12hr, 24hr"),
                        new Migration.LeftOut(
                                "000e08000000.xml", 4, "Speed_Dial_2_", "changes the user's access alone"));
        assertThat(result.devices().get(0).lines()).hasSize(1);
    }

    /** As a provider's script of the year 2009 would have written it. */
    private static PresentFile file(int i) {
        String mac = "000e08%06x".formatted(i);
        DeviceModel model = ShippedConfig.model(MODELS.get(i % MODELS.size()));
        Random random = new Random(i);
        StringBuilder xml = new StringBuilder("<flat-profile>\n<Profile_Rule>http://old/$MA.xml</Profile_Rule>\n");
        xml.append("<Time_Format>").append(i % 10 == 0 ? "noon" : "24hr").append("</Time_Format>\n");
        xml.append("<Speed_Dial_2_ ua=\"rw\"/>\n");
        element(xml, "Resync_Random_Delay", "10");
        element(xml, "Site_Special", "a<b & \"c\"");
        element(xml, "GPP_H", "north");
        element(xml, i % 4 == 3 ? "Admin_Password" : "Admin_Passwd", "swordfish");
        element(xml, "Register_Expires_1_", i % MODELS.size() == 1 ? "600" : "1800");
        element(xml, "Preferred_Codec_1_", random.nextInt(20) == 0 ? "G729a" : "G711u");
        element(xml, "User_ID_1_", "49891000" + i);
        element(xml, "Password_1_", "geheim-" + i);
        element(xml, "Proxy_1_", "sip" + i % 3 + ".example.net");
        element(xml, "Display_Name_1_", "Phone " + i);
        if (i % 3 == 0) {
            element(xml, "Use_Outbound_Proxy_1_", "Yes");
            element(xml, "Outbound_Proxy_1_", "sbc.example.net:5080");
        } else {
            element(xml, "Use_Outbound_Proxy_1_", "No");
            element(xml, "Outbound_Proxy_1_", "unused.example.net");
        }
        if (i % 7 == 0 && model.lines() > 1) {
            element(xml, "User_ID_2_", "no-password");
        }
        if (model.family().equals("SPA1xx")) {
            xml.append("<router-configuration><SNMP><SNMP_Enable>0</SNMP_Enable></SNMP></router-configuration>\n");
        }
        byte[] bytes = xml.append("</flat-profile>\n").toString().getBytes(StandardCharsets.UTF_8);
        return new PresentFile(mac + ".xml", new MacAddress(mac), model, FlatProfileReader.read(bytes));
    }

    private static void element(StringBuilder xml, String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        xml.append('<')
                .append(name)
                .append('>')
                .append(escaped)
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static Layers layersWith(Migration.Result result) {
        Path folder = Path.of("config/layers");
        Map<String, String> texts =
                new TreeMap<>(TextFiles.layers(Path.of("config")).texts());
        texts.put("base/migrated.yaml", LayerFileWriter.write("shared", result.shared(), ShippedConfig.DICTIONARY));
        result.ofModels()
                .forEach((model, values) -> texts.put(
                        "model/" + model.name() + ".yaml",
                        LayerFileWriter.write(model.name(), values, ShippedConfig.DICTIONARY)));
        return LayersReader.read(folder, texts, ShippedConfig.MODELS, ShippedConfig.DICTIONARY, ShippedConfig.FIRMWARE);
    }

    private static Device device(Migration.Own own) {
        Map<String, String> settings = new TreeMap<>();
        own.values()
                .forEach(value -> settings.put(
                        (ShippedConfig.DICTIONARY.find(value.name()).isPresent() ? "" : "extra:") + value.name(),
                        value.text()));
        DeviceKeys keys = new DeviceKeys(new DeviceKey("0".repeat(64), "a".repeat(26)), null);
        return new Device(
                own.mac(),
                own.model().name(),
                null,
                true,
                Device.Place.DEFAULT,
                settings,
                own.lines(),
                Device.Standing.first("seed").keyed(keys));
    }
}
