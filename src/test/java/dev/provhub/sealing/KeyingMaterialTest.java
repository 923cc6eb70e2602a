package dev.provhub.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyingMaterialTest {
    /** By {@code printf 'aes128gcm keying material' | openssl dgst -sha256 -hmac $KEY -binary | head -c16 | basenc --base64url}. */
    @Test
    void of_key_isTheBeginningOfItsHmac() {
        assertThat(KeyingMaterial.of("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"))
                .isEqualTo("wrUYV6ClqqY9VWBdWJXJhA");
    }

    @Test
    void of_anotherKey_isAnother() {
        assertThat(KeyingMaterial.of("0".repeat(64))).hasSize(22).isNotEqualTo(KeyingMaterial.of("1".repeat(64)));
    }
}
