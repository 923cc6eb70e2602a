package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GzipTest {
    private static final byte[] PLAIN = new byte[10_000];

    @Test
    void compress_sameInput_isTheSameBytesWithoutTime() {
        byte[] body = Gzip.compress(PLAIN);

        assertThat(body).isEqualTo(Gzip.compress(PLAIN)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
        assertThat(Gzip.decompress(body, PLAIN.length)).isEqualTo(PLAIN);
    }

    @Test
    void decompress_moreThanAllowed_isRefused() {
        assertThatThrownBy(() -> Gzip.decompress(Gzip.compress(PLAIN), PLAIN.length - 1))
                .isInstanceOf(UnsealingException.class)
                .hasMessageContaining("9999");
    }

    @Test
    void decompress_cutOffOrOther_isRefused() {
        byte[] body = Gzip.compress(PLAIN);

        assertThatThrownBy(() -> Gzip.decompress(Arrays.copyOf(body, body.length - 9), 20_000))
                .isInstanceOf(UnsealingException.class);
        assertThatThrownBy(() -> Gzip.decompress(new byte[] {1, 2, 3}, 20_000)).isInstanceOf(UnsealingException.class);
    }
}
