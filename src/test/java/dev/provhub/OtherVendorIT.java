package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provhub.device.MacAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another vendor's phone, served by the files of docs/examples/other-vendor alone. */
class OtherVendorIT {
    private static final Path EXAMPLE = Path.of("docs/examples/other-vendor");
    private static final MacAddress MAC = new MacAddress("000413a1b2c3");

    @TempDir
    private Path folder;

    @Test
    void example_isServedAsItsPageSays() throws Exception {
        ExternalProgram.require("curl");
        Path config = folder.resolve("config");
        Folders.copy(Path.of("config"), config);
        addExample(config);
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of("hub.config", config.toString()))) {
            String rows = "macAddress,deviceModel,sipUser,sipPassword,sipDomain,displayName\n" + MAC
                    + ",snom-D735,4711,geheim<&>1,sip.example.net,Room \"1\" & 2\n";
            assertThat(hub.post("/api/v1/imports", "text/csv", rows).body()).contains(",ok,");
            DeviceFiles.issue(hub, folder, MAC, "1", "snomD735");

            String start = curl(hub.httpUrl() + "/snom/D735-" + MAC + ".xml");
            assertThat(start).contains("/snom/D735-{mac}.xml</setting_server>").doesNotContain("geheim", "4711");
            assertThat(curl(hub.httpUrl() + "/snom/d735-000000000000.xml"))
                    .as("the same for everybody")
                    .isEqualTo(start);

            String own = curlProven(hub, "/snom/D735-" + MAC + ".xml");
            assertThat(own)
                    .contains(
                            "<user_name idx=\"1\" perm=\"R\">4711</user_name>",
                            "<user_pass idx=\"1\" perm=\"R\">geheim&lt;&amp;&gt;1</user_pass>",
                            "Room &quot;1&quot; &amp; 2",
                            "<language perm=\"R\">Deutsch</language>");
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(own.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                            .getElementsByTagName("user_pass")
                            .item(0)
                            .getTextContent())
                    .isEqualTo("geheim<&>1");
            assertThat(hub.get("/api/v1/devices/" + MAC + "/profile").body())
                    .contains("Snom_Language", "layers/model/snom.yaml:4")
                    .doesNotContain("geheim");

            Files.writeString(config.resolve("templates/snom.xml.ftl"), "<settings>${values.Snom_Language</settings>");
            Files.writeString(config.resolve("templates/snom-start.xml.ftl"), "<start/>");
            Files.writeString(
                    config.resolve("layers/model/snom.yaml"), "description: x\nvalues:\n  Snom_Language: English\n");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            hub.get("/api/v1/devices/" + MAC + "/profile").body())
                    .contains("English"));
            assertThat(curl(hub.httpUrl() + "/snom/D735.xml"))
                    .as("one bad template holds the whole edit")
                    .isEqualTo(start);
            assertThat(curlProven(hub, "/snom/D735-" + MAC + ".xml"))
                    .as("a value that is not there is no answer")
                    .isEmpty();
            Files.writeString(config.resolve("templates/snom.xml.ftl"), "<settings>${values.Snom_Language}</settings>");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(curlProven(hub, "/snom/D735-" + MAC + ".xml"))
                            .isEqualTo("<settings>English</settings>"));
        }
    }

    /** Does what the page says. */
    static void addExample(Path config) throws IOException {
        addTo(config.resolve("models.yaml"), EXAMPLE.resolve("models.yaml"));
        addTo(config.resolve("request-rules.yaml"), EXAMPLE.resolve("request-rules.yaml"));
        Files.copy(EXAMPLE.resolve("snom.csv"), config.resolve("parameters/snom.csv"));
        Files.copy(EXAMPLE.resolve("snom.yaml"), config.resolve("layers/model/snom.yaml"));
        Files.createDirectories(config.resolve("templates"));
        for (String name : new String[] {"snom.xml.ftl", "snom-start.xml.ftl"}) {
            Files.copy(EXAMPLE.resolve(name), config.resolve("templates").resolve(name));
        }
    }

    private static String curl(String url) throws Exception {
        return ExternalProgram.run(null, "curl", "-sf", url).text();
    }

    private String curlProven(HubUnderTest hub, String path) throws Exception {
        return ExternalProgram.run(
                        null,
                        "curl",
                        "-sf",
                        "--cert",
                        folder.resolve("device.crt").toString(),
                        "--key",
                        folder.resolve("device.key").toString(),
                        "--cacert",
                        folder.resolve("ca.crt").toString(),
                        hub.httpsUrl() + path)
                .text();
    }

    /** Puts the entries of the example's parts at the head of the same parts. */
    static void addTo(Path file, Path example) throws IOException {
        String text = Files.readString(file);
        String part = "";
        for (String line : Files.readAllLines(example)) {
            if (!line.startsWith(" ") && line.endsWith(":")) {
                part = "\n" + line + "\n";
            } else if (!line.isBlank()) {
                text = text.replace(part, part + line + "\n");
                part = part + line + "\n";
            }
        }
        Files.writeString(file, text);
    }
}
