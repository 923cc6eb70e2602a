package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfigReader;
import dev.provhub.config.IllegalConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which token commands ask. */
class CallerTokenTest {
    @TempDir
    private Path data;

    private String token(Map<String, String> environment) {
        HubConfig config =
                HubConfigReader.read(Path.of("").toAbsolutePath(), Map.of(), Map.of("hub.data", data.toString()));
        return CallerToken.of(config, environment);
    }

    @Test
    void of_nothingSet_isThatOfTheDataFolder() throws Exception {
        assertThatThrownBy(() -> token(Map.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage("the administration token " + data.resolve("admin.token")
                        + " cannot be read; the hub writes it on its first start."
                        + " Who has a token of their own sets HUB_TOKEN or HUB_TOKEN_FILE");

        Files.writeString(data.resolve("admin.token"), "abc123\n");

        assertThat(token(Map.of())).isEqualTo("abc123");
    }

    @Test
    void of_aVariable_countsBeforeTheDataFolder() throws Exception {
        Files.writeString(data.resolve("admin.token"), "abc123\n");
        Path file = Files.writeString(data.resolve("mine"), "def456\n");

        assertThat(token(Map.of("HUB_TOKEN", "789aaa"))).isEqualTo("789aaa");
        assertThat(token(Map.of("HUB_TOKEN_FILE", file.toString()))).isEqualTo("def456");
    }

    /** Else who meant to be somebody would act as {@code admin.token}. */
    @Test
    void of_aVariableThatIsNoToken_isRefused() throws Exception {
        Files.writeString(data.resolve("admin.token"), "abc123\n");
        Path empty = Files.writeString(data.resolve("empty"), "\n");

        refused(Map.of("HUB_TOKEN", " "), "HUB_TOKEN is empty; allowed: one as './hub token create' prints it");
        refused(
                Map.of("HUB_TOKEN_FILE", empty.toString()),
                "HUB_TOKEN_FILE = " + empty + " is empty; allowed: one as './hub token create' prints it");
        refused(
                Map.of("HUB_TOKEN_FILE", data.resolve("none").toString()),
                "HUB_TOKEN_FILE = " + data.resolve("none")
                        + " cannot be read; allowed: a file with a token in it, and nothing else");
        refused(
                Map.of("HUB_TOKEN", "secret word"),
                "HUB_TOKEN is no token; allowed: one as './hub token create' prints it");
        refused(
                Map.of("HUB_TOKEN", "a", "HUB_TOKEN_FILE", "b"),
                "HUB_TOKEN and HUB_TOKEN_FILE are both set; allowed: one of them");
    }

    private void refused(Map<String, String> environment, String reason) {
        assertThatThrownBy(() -> token(environment))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessage(reason);
    }
}
