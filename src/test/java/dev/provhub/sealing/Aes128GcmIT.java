package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.ExternalProgram;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against http_ece, by one of the authors of the standard. */
class Aes128GcmIT {
    private static final String SCRIPT = """
            const ece = require(process.argv[1]);
            const [what, key, rs, keyid] = process.argv.slice(2);
            const chunks = [];
            process.stdin.on('data', c => chunks.push(c)).on('end', () => {
              const params = { version: 'aes128gcm', key: key };
              if (what === 'encrypt') { params.rs = Number(rs); params.keyid = keyid; params.keymap = undefined; }
              else if (keyid) { params.keymap = { [keyid]: Buffer.from(key, 'base64url') }; }
              process.stdout.write(ece[what](Buffer.concat(chunks), params));
            });
            """;

    private static String module = "";

    @BeforeAll
    static void find() throws Exception {
        module = Path.of(ExternalProgram.requireNodeModule("http_ece"), "http_ece")
                .toString();
    }

    @ParameterizedTest
    @CsvSource({"0, 4096", "1, 18", "5, 22", "4079, 4096", "4080, 4096", "8158, 4096", "50000, 4096", "1000, 25"})
    void bodies_goBothWays(int length, int recordBytes) throws Exception {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        byte[] material = new byte[16];
        new SecureRandom().nextBytes(material);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(material);

        byte[] ours = Aes128Gcm.seal(plain, material, "", recordBytes, new SecureRandom());
        byte[] theirs = node(plain, "encrypt", key, "" + recordBytes).out();

        assertThat(node(ours, "decrypt", key, "").out()).isEqualTo(plain);
        assertThat(Aes128Gcm.open(theirs, material)).isEqualTo(plain);
        assertThat(theirs).hasSameSizeAs(ours);
        assertThatThrownBy(() -> Aes128Gcm.open(theirs, HexFormat.of().parseHex("00".repeat(16))))
                .isInstanceOf(UnsealingException.class);
        byte[] flipped = ours.clone();
        flipped[flipped.length - 1] ^= 1;
        assertThat(node(flipped, "decrypt", key, "").exit()).isNotZero();
    }

    private static ExternalProgram.Result node(byte[] input, String... arguments) throws Exception {
        String[] command = new String[4 + arguments.length];
        command[0] = "node";
        command[1] = "-e";
        command[2] = SCRIPT;
        command[3] = module;
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return ExternalProgram.run(input, command);
    }
}
