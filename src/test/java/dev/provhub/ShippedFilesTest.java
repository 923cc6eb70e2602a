package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.HubConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file that people edit, as it is shipped: models, rules, layers, mapping, catalog and all routes. */
class ShippedFilesTest {
    @Test
    void check_asShipped_hasNothingToSay(@TempDir Path data) {
        assertThat(new Launcher(Clock.systemUTC())
                        .check(HubConfigReader.read(
                                Path.of("").toAbsolutePath(), Map.of(), HubUnderTest.settings(data, Map.of())))
                        .problems())
                .isEmpty();
    }

    @Test
    void jarsForAmqp_areOfTheHubsOwnCamel() throws Exception {
        Matcher own = Pattern.compile("<camel.version>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));

        assertThat(own.find()).isTrue();
        assertThat(Files.readString(Path.of("docs/examples/amqp/pom.xml")))
                .contains("<artifactId>camel-amqp</artifactId>", "<version>" + own.group(1) + "</version>");
    }
}
