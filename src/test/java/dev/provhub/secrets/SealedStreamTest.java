package dev.provhub.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HEAD = 44;
    private static final int PIECE = 65536 + 16;

    private final MasterKey key = MasterKey.fresh(RANDOM);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 131072, 300_000})
    void seal_thenOpen_isTheSame(int length) throws IOException {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);

        byte[] sealed = sealed(plain);

        assertThat(sealed).hasSizeGreaterThanOrEqualTo(HEAD + length + 16);
        assertThat(opened(sealed)).isEqualTo(plain);
    }

    @Test
    void head_namesTheKeyAndNothingElse() throws IOException {
        byte[] sealed = sealed("secret".getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(sealed, 0, 12, StandardCharsets.US_ASCII)).isEqualTo("PHS1" + key.id());
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void open_alteredCutOffOrReordered_isRefused() throws IOException {
        byte[] plain = new byte[200_000];
        byte[] sealed = sealed(plain);
        byte[] flipped = sealed.clone();
        flipped[HEAD + 5] ^= 1;
        byte[] otherHead = sealed.clone();
        otherHead[20] ^= 1;
        byte[] withoutLastPiece = Arrays.copyOf(sealed, HEAD + 3 * PIECE);
        byte[] reordered = sealed.clone();
        System.arraycopy(sealed, HEAD, reordered, HEAD + PIECE, PIECE);
        System.arraycopy(sealed, HEAD + PIECE, reordered, HEAD, PIECE);
        byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);

        for (byte[] bad : List.of(
                flipped, otherHead, withoutLastPiece, reordered, longer, Arrays.copyOf(sealed, sealed.length - 1))) {
            assertThatThrownBy(() -> opened(bad)).isInstanceOf(SecretException.class);
        }
        assertThatThrownBy(() -> opened(Arrays.copyOf(sealed, HEAD))).isInstanceOf(IOException.class);
    }

    @Test
    void open_otherKeyOrNoStream_saysSo() throws IOException {
        byte[] sealed = sealed(new byte[10]);
        assertThatThrownBy(() -> SealedStream.open(new ByteArrayInputStream(sealed), id -> null))
                .hasMessageContaining(key.id());
        assertThatThrownBy(() -> SealedStream.open(new ByteArrayInputStream(new byte[100]), id -> key))
                .hasMessageContaining("not a sealed stream");
    }

    /** Made by Python: {@code AESGCM(hmac_sha256(bytes(32), b"stream" + salt)).encrypt(nonce, b"hello", head)}. */
    @Test
    void open_whatAnotherProgramMade_isReadAsTheFormatSays() throws IOException {
        MasterKey known = MasterKey.parseAll("00".repeat(32), "x").get(0);
        byte[] made = HexFormat.of()
                .parseHex("504853313636363837616164000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
                        + "2d58cd68989edfadc4b6cbff8b0deb30217c9d6bdf");

        try (InputStream in =
                SealedStream.open(new ByteArrayInputStream(made), id -> id.equals(known.id()) ? known : null)) {
            assertThat(in.readAllBytes()).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void wrap_thenUnwrap_needsThePassPhrase() {
        MasterKey second = MasterKey.fresh(RANDOM);
        String wrapped = WrappedKeys.wrap(List.of(key, second), "four wild horses", RANDOM);

        assertThat(wrapped).startsWith("scrypt:65536:8:1:").doesNotContain(key.text());
        assertThat(WrappedKeys.unwrap(wrapped, "four wild horses"))
                .extracting(MasterKey::text)
                .containsExactly(key.text(), second.text());
        for (String bad : List.of(wrapped.replace("8:1", "8:2"), wrapped.substring(0, 60), "x", wrapped + "=")) {
            assertThatThrownBy(() -> WrappedKeys.unwrap(bad, "four wild horses"))
                    .isInstanceOf(SecretException.class);
        }
        assertThatThrownBy(() -> WrappedKeys.unwrap(wrapped, "four wild horse")).hasMessageContaining("pass phrase");
        assertThatThrownBy(() -> WrappedKeys.wrap(List.of(key), "short", RANDOM))
                .hasMessageContaining("12");
    }

    private byte[] sealed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = SealedStream.seal(bytes, key, RANDOM)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private byte[] opened(byte[] sealed) throws IOException {
        try (InputStream in =
                SealedStream.open(new ByteArrayInputStream(sealed), id -> id.equals(key.id()) ? key : null)) {
            return in.readAllBytes();
        }
    }
}
