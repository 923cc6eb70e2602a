package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.HubConfigReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
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
}
