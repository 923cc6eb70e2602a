package dev.provhub.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeySourceTest {
    private static final String HEX = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final String BASE64 = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=";
    private static final String OTHER = "f".repeat(64);

    @TempDir
    private Path folder;

    @Test
    void parse_hexAndBase64_areTheSameKey() {
        assertThat(MasterKey.parseAll(HEX + "\n", "x").get(0).id())
                .isEqualTo(MasterKey.parseAll(BASE64, "x").get(0).id());
        assertThat(MasterKey.parseAll(HEX + "\n" + OTHER + "\n", "x"))
                .extracting(MasterKey::text)
                .containsExactly(HEX, OTHER);
    }

    @Test
    void parse_badOrRepeated_isRefusedWithOriginAndWithoutTheKey() {
        for (String bad : List.of("", HEX.substring(1), HEX + "0", BASE64.substring(1), HEX + "\n" + BASE64)) {
            assertThatThrownBy(() -> MasterKey.parseAll(bad, "there"))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("there")
                    .hasMessageNotContaining("00112233");
        }
    }

    @Test
    void variable_missing_isRefusedNamingTheSetting() {
        assertThat(new MasterKeySource.InVariable("HUB_KEY", BASE64).read()).hasSize(1);
        assertThat(new MasterKeySource.InVariable("HUB_KEY", BASE64)).asString().doesNotContain(BASE64);
        assertThatThrownBy(() -> new MasterKeySource.InVariable("HUB_KEY", null).read())
                .hasMessageContainingAll("hub.master-key.env = HUB_KEY", "not set");
    }

    @Test
    void command_printsTheKey_orIsRefusedWithWhatIsAllowed() {
        assertThat(command("echo " + BASE64, 10).read().get(0).text()).isEqualTo(HEX);
        assertThatThrownBy(() ->
                        command("echo " + HEX.substring(2) + "; exit 3", 10).read())
                .hasMessageContainingAll("hub.master-key.command", "exit code 3", "within 10 s");
        assertThatThrownBy(() -> command("cat /dev/null", 10).read()).hasMessageContaining("no master key");
        assertThatThrownBy(
                        () -> command("echo " + HEX + "; sleep 600 & wait", 1).read())
                .hasMessageContainingAll("has not ended within 1 s");
    }

    @Test
    void file_write_isReadAgain_andRetiredKeysLieAside() throws Exception {
        SecureRandom random = new SecureRandom();
        MasterKeySource.InFile file = new MasterKeySource.InFile(folder.resolve("master.key"), random);
        MasterKey first = file.read().get(0);
        MasterKey second = MasterKey.fresh(random);

        file.write(List.of(second, first));
        assertThat(file.read()).extracting(MasterKey::id).containsExactly(second.id(), first.id());
        Path aside = file.putAside(first);
        assertThat(file.putAside(first)).isEqualTo(aside);
        assertThat(Files.readString(aside).strip()).isEqualTo(first.text());
    }

    private static MasterKeySource command(String text, int seconds) {
        return new MasterKeySource.FromCommand(text, Duration.ofSeconds(seconds));
    }
}
