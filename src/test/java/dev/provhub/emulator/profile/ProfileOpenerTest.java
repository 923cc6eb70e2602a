package dev.provhub.emulator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileOpenerTest {
    private static final String PASS = "SecretPhrase1234";
    private static final byte[] SALT = hex("0102030405060708");
    private static final byte[] PLAIN =
            "<flat-profile><GPP_A>12345678</GPP_A></flat-profile>".getBytes(StandardCharsets.UTF_8);
    private static final byte[] MD5_BODY = hex("53616c7465645f5f0102030405060708"
            + "996f307f2b5c6dd1953d01930c7a4389f93f02df5323eb0fc6be7be9649ed2bc"
            + "0f2c85bdc25871caa8d546fa5f36136a5a1068da117ebca215b28a1964d6942e");
    private static final byte[] SHA256_BODY = hex("53616c7465645f5f0102030405060708"
            + "1cf90d08273ac8d45fc91fa0e2ba398f9ab6d3cb62a4d064ba1568164e23f992"
            + "eff18cad7aea06a1c66fd3f6586592341b098b2fffcc5e55058b1d2c26384b73");

    private final ProfileOpener spa =
            new ProfileOpener(List.of(PassDigest.MD5), CompiledProfiles.CLOSED, "000e08aabbcc");
    private final ProfileOpener mpp =
            new ProfileOpener(List.of(PassDigest.SHA256, PassDigest.MD5), CompiledProfiles.CLOSED, "000e08aabbcc");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static ProfileOpener.Terms terms(String encoding, @Nullable String key) {
        return new ProfileOpener.Terms(encoding, key, null, AliasMap.NONE);
    }

    private static void assertCorrupt(ProfileOpener opener, byte[] body, @Nullable String key) {
        assertThatThrownBy(() -> opener.open(body, terms("", key))).isInstanceOf(CorruptFileException.class);
    }

    @Test
    void derive_publishedVectors_giveKeyAndIv() throws GeneralSecurityException {
        assertThat(OpensslContainer.derive(PASS, SALT, PassDigest.MD5))
                .isEqualTo(hex("75618538a4502fa7161d6dc303f2a1f1c0ee19362ee647e725505c3c52364c82"
                        + "04ca41f7b4e382da569224b0c61b445a"));
        assertThat(OpensslContainer.derive(PASS, SALT, PassDigest.SHA256))
                .isEqualTo(hex("ec2a2d45a836181f7fa96d7e6204d9c24cd45ff1e1062e3b2dae7e7baa7d63a8"
                        + "e10dd0d54aefddc59586871b1a7bd83c"));
    }

    @Test
    void open_publishedVectors_giveTheProfile() throws CorruptFileException {
        OpenedProfile expected = new OpenedProfile(List.of(new Setting("GPP_A", "12345678", "")), true, false);

        assertThat(spa.open(MD5_BODY, terms("", PASS))).isEqualTo(expected);
        assertThat(mpp.open(SHA256_BODY, terms("", PASS))).isEqualTo(expected);
        assertThat(mpp.open(MD5_BODY, terms("", PASS))).isEqualTo(expected);
    }

    @Test
    void open_otherDigestOrKey_isCorrupt() {
        assertCorrupt(spa, SHA256_BODY, PASS);
        assertCorrupt(spa, MD5_BODY, "secretphrase1234");
        assertCorrupt(spa, MD5_BODY, "");
        assertCorrupt(mpp, Arrays.copyOf(SHA256_BODY, SHA256_BODY.length - 1), PASS);
        assertCorrupt(mpp, Arrays.copyOf(SHA256_BODY, 12), PASS);
    }

    @Test
    void open_keyAndBodyDoNotGoTogether_isCorrupt() {
        assertCorrupt(spa, PLAIN, PASS);
        assertCorrupt(spa, MD5_BODY, null);
    }

    @Test
    void open_plainAndGzip_areRead() throws CorruptFileException, IOException {
        assertThat(spa.open(PLAIN, terms("", null)).sealed()).isFalse();
        OpenedProfile zipped = spa.open(gzip(PLAIN), terms("gzip", null));
        assertThat(zipped.gzip()).isTrue();
        assertThat(zipped.settings()).containsExactly(new Setting("GPP_A", "12345678", ""));
    }

    @Test
    void open_byteOrderMark_isPassedOver() throws CorruptFileException {
        byte[] marked = new byte[PLAIN.length + 3];
        System.arraycopy(hex("efbbbf"), 0, marked, 0, 3);
        System.arraycopy(PLAIN, 0, marked, 3, PLAIN.length);

        assertThat(spa.open(marked, terms("", null)).settings()).hasSize(1);
    }

    @Test
    void open_whatIsNoProfile_isCorrupt() throws IOException {
        assertCorrupt(spa, new byte[0], null);
        assertCorrupt(spa, "Proxy[1] \"sip.example.net\" ;".getBytes(StandardCharsets.US_ASCII), null);
        assertCorrupt(spa, Arrays.copyOf(gzip(PLAIN), 20), null);
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
            out.write(PLAIN);
        }
        assertCorrupt(spa, zlib.toByteArray(), null);
    }

    @Test
    void open_encryptedInsideGzip_isCorrupt() throws IOException {
        assertCorrupt(spa, gzip(MD5_BODY), PASS);
        assertCorrupt(spa, gzip(MD5_BODY), null);
    }

    /** RFC 8188, section 3.1. */
    @Test
    void encryptedContent_vectorOfTheRfc_opens() throws CorruptFileException {
        byte[] body = Base64.getUrlDecoder()
                .decode("I1BsxtFttlv3u_Oo94xnmwAAEAAA-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg");

        assertThat(new String(EncryptedContent.open(body, "yqdlZ-tYemfogSmv7Ws5PQ"), StandardCharsets.UTF_8))
                .isEqualTo("I am the walrus");
        assertThatThrownBy(() -> EncryptedContent.open(body, "yqdlZ-tYemfogSmv7Ws5PA"))
                .isInstanceOf(CorruptFileException.class);
    }

    /** RFC 8188, section 3.2: two records, padding, a key id. */
    @Test
    void encryptedContent_twoRecords_areJoined() throws CorruptFileException {
        byte[] body = Base64.getUrlDecoder()
                .decode(
                        "uNCkWiNYzKTnBN9ji3-qWAAAABkCYTHOG8chz_gnvgOqdGYovxyjuqRyJFjEDyoF1Fvkj6hQPdPHI51OEUKEpgz3SsLWIqS_uA");

        assertThat(new String(EncryptedContent.open(body, "BO3ZVPxUlnLORbVGMpbT1Q"), StandardCharsets.UTF_8))
                .isEqualTo("I am the walrus");
    }
}
