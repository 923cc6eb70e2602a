package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Aes128GcmTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] MATERIAL = url("yqdlZ-tYemfogSmv7Ws5PQ");
    private static final byte[] PLAIN = "I am the walrus".getBytes(StandardCharsets.US_ASCII);

    /** RFC 8188, section 3.1. */
    private static final byte[] ONE_RECORD =
            url("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");

    /** RFC 8188, section 3.2: two records of 25 bytes, key id "a1", padding in the first. */
    private static final byte[] TWO_RECORDS =
            url("uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA");

    private static byte[] url(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Test
    void open_examplesOfTheStandard_givesTheirText() {
        assertThat(Aes128Gcm.open(ONE_RECORD, MATERIAL)).isEqualTo(PLAIN);
        assertThat(Aes128Gcm.open(TWO_RECORDS, url("BO3ZVPxUlnLORbVGMpbT1Q"))).isEqualTo(PLAIN);
        assertThat(Aes128Gcm.keyId(TWO_RECORDS)).isEqualTo("a1");
        assertThat(Aes128Gcm.keyId(ONE_RECORD)).isEmpty();
    }

    @Test
    void seal_withTheSaltOfTheStandard_givesItsBytes() {
        byte[] salt = Arrays.copyOf(ONE_RECORD, 16);
        assertThat(Aes128Gcm.seal(PLAIN, MATERIAL, "", 4096, salt)).isEqualTo(ONE_RECORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 17, 4078, 4079, 4080, 8158, 8159, 100_000})
    void seal_anyLength_opensAgain(int length) {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        for (int record : new int[] {18, 25, 4096}) {
            byte[] body = Aes128Gcm.seal(plain, MATERIAL, "key-1", record, RANDOM);
            assertThat(Aes128Gcm.open(body, MATERIAL)).isEqualTo(plain);
            assertThat(Aes128Gcm.keyId(body)).isEqualTo("key-1");
        }
    }

    @Test
    void open_anyFlippedByteOrCut_isRefused() {
        byte[] body = Aes128Gcm.seal("0123456789".getBytes(StandardCharsets.US_ASCII), MATERIAL, "", 22, RANDOM);
        for (int i = 0; i < body.length; i++) {
            byte[] flipped = body.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> Aes128Gcm.open(flipped, MATERIAL))
                    .as("byte " + i)
                    .isInstanceOf(UnsealingException.class);
        }
        for (int length = 0; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> Aes128Gcm.open(cut, MATERIAL))
                    .as("cut at " + length)
                    .isInstanceOf(UnsealingException.class);
        }
    }

    @Test
    void open_recordsInAnotherOrder_isRefused() {
        byte[] body = Aes128Gcm.seal(new byte[15], MATERIAL, "", 22, RANDOM);
        byte[] swapped = body.clone();
        System.arraycopy(body, 21, swapped, 43, 22);
        System.arraycopy(body, 43, swapped, 21, 22);
        assertThatThrownBy(() -> Aes128Gcm.open(swapped, MATERIAL)).isInstanceOf(UnsealingException.class);
    }

    @Test
    void open_otherSecret_isRefusedWithoutAHint() {
        assertThatThrownBy(() -> Aes128Gcm.open(ONE_RECORD, new byte[16]))
                .isInstanceOf(UnsealingException.class)
                .hasMessage("the aes128gcm body does not open");
    }

    @Test
    void seal_whatCannotBe_isRefused() {
        assertThatThrownBy(() -> Aes128Gcm.seal(PLAIN, new byte[0], "", 4096, RANDOM))
                .hasMessage("empty keying material seals nothing");
        assertThatThrownBy(() -> Aes128Gcm.seal(PLAIN, MATERIAL, "", 17, RANDOM))
                .hasMessage("a record has 18 bytes or more, not 17");
        assertThatThrownBy(() -> Aes128Gcm.seal(PLAIN, MATERIAL, "x".repeat(256), 4096, RANDOM))
                .hasMessage("a key id has 255 bytes at most, not 256");
    }
}
