package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OpenSslContainerTest {
    private static final String PASS = "SecretPhrase1234";
    private static final byte[] SALT = HexFormat.of().parseHex("0102030405060708");
    private static final byte[] PLAIN =
            "<flat-profile><GPP_A>12345678</GPP_A></flat-profile>".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Made with {@code openssl enc -e -aes-256-cbc -md <digest> -S 0102030405060708 -k SecretPhrase1234}. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 53616c7465645f5f0102030405060708996f307f2b5c6dd1953d01930c7a4389f93f02df5323eb0fc6be7be9649ed2bc"
                + "0f2c85bdc25871caa8d546fa5f36136a5a1068da117ebca215b28a1964d6942e",
        "SHA256, 53616c7465645f5f01020304050607081cf90d08273ac8d45fc91fa0e2ba398f9ab6d3cb62a4d064ba1568164e23f992"
                + "eff18cad7aea06a1c66fd3f6586592341b098b2fffcc5e55058b1d2c26384b73"
    })
    void seal_knownSalt_isTheKnownAnswer(KeyDigest digest, String body) {
        assertThat(HexFormat.of().formatHex(OpenSslContainer.seal(PLAIN, PASS, digest, SALT)))
                .isEqualTo(body);
        assertThat(OpenSslContainer.open(HexFormat.of().parseHex(body), PASS, digest))
                .isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @EnumSource
    void seal_emptyBody_opensEmpty(KeyDigest digest) {
        assertThat(OpenSslContainer.open(OpenSslContainer.seal(new byte[0], PASS, digest, RANDOM), PASS, digest))
                .isEmpty();
    }

    @Test
    void seal_twice_isNeverTheSame() {
        assertThat(OpenSslContainer.seal(PLAIN, PASS, KeyDigest.MD5, RANDOM))
                .isNotEqualTo(OpenSslContainer.seal(PLAIN, PASS, KeyDigest.MD5, RANDOM));
    }

    @Test
    void seal_emptyPassPhrase_isRefused() {
        assertThatThrownBy(() -> OpenSslContainer.seal(PLAIN, "", KeyDigest.MD5, RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void open_wrongKeyOrDigest_neverGivesTheContent() {
        byte[] body = OpenSslContainer.seal(PLAIN, PASS, KeyDigest.MD5, SALT);

        assertDoesNotOpen(body, "SecretPhrase1235", KeyDigest.MD5);
        assertDoesNotOpen(body, PASS, KeyDigest.SHA256);
    }

    @Test
    void open_cutOff_isRefused() {
        byte[] body = OpenSslContainer.seal(PLAIN, PASS, KeyDigest.MD5, SALT);

        for (int length = 0; length < body.length; length++) {
            assertDoesNotOpen(Arrays.copyOf(body, length), PASS, KeyDigest.MD5);
        }
    }

    @Test
    void open_flippedLastByte_isRefused() {
        byte[] body = OpenSslContainer.seal(PLAIN, PASS, KeyDigest.MD5, SALT);
        body[body.length - 1] ^= 1;

        assertDoesNotOpen(body, PASS, KeyDigest.MD5);
    }

    private static void assertDoesNotOpen(byte[] body, String pass, KeyDigest digest) {
        try {
            assertThat(OpenSslContainer.open(body, pass, digest)).isNotEqualTo(PLAIN);
        } catch (UnsealingException e) {
            assertThat(e).hasMessageNotContaining(pass).hasNoCause();
        }
    }
}
