package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.ExternalProgram;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the program whose format it is. */
class OpenSslContainerIT {
    private static final String PASS = "0f".repeat(32);
    private static final byte[] PLAIN = "<flat-profile/>\n".repeat(500).getBytes(StandardCharsets.US_ASCII);

    @BeforeEach
    void openssl() {
        ExternalProgram.require("openssl");
    }

    @ParameterizedTest
    @CsvSource({"MD5, md5", "SHA256, sha256"})
    void ours_isOpenedByOpenssl(KeyDigest digest, String name) throws Exception {
        byte[] sealed = OpenSslContainer.seal(PLAIN, PASS, digest, new SecureRandom());

        assertThat(ExternalProgram.run(sealed, "openssl", "enc", "-d", "-aes-256-cbc", "-md", name, "-k", PASS)
                        .out())
                .isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource({"MD5, md5", "SHA256, sha256"})
    void theirs_isOpenedByUs(KeyDigest digest, String name) throws Exception {
        byte[] sealed = ExternalProgram.run(PLAIN, "openssl", "enc", "-e", "-aes-256-cbc", "-md", name, "-k", PASS)
                .out();

        assertThat(OpenSslContainer.open(sealed, PASS, digest)).isEqualTo(PLAIN);
    }
}
