package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileBodyTest {

    private static final byte[] PLAIN = bytes("<flat-profile><GPP_A>12345678</GPP_A></flat-profile>");
    private static final String PASS = "SecretPhrase1234";
    private static final byte[] MD5 = HexFormat.of()
            .parseHex("53616c7465645f5f0102030405060708996f307f2b5c6dd1953d01930c7a4389f93f02df5323eb0fc6be7be9649ed2bc"
                    + "0f2c85bdc25871caa8d546fa5f36136a5a1068da117ebca215b28a1964d6942e");
    private static final byte[] SHA256 = HexFormat.of()
            .parseHex("53616c7465645f5f01020304050607081cf90d08273ac8d45fc91fa0e2ba398f9ab6d3cb62a4d064ba1568164e23f992"
                    + "eff18cad7aea06a1c66fd3f6586592341b098b2fffcc5e55058b1d2c26384b73");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> values(byte[] body, @Nullable String key, PhoneFamily family)
            throws FetchException {
        return ProfileBody.open(body, key, family.digests()).values();
    }

    private static Map<String, String> parse(String inside) throws FetchException {
        return FlatProfileParser.parse(bytes("<flat-profile>" + inside + "</flat-profile>"));
    }

    @Test
    void open_knownAnswers_opened() throws FetchException {
        Map<String, String> expected = Map.of("GPP_A", "12345678");
        assertThat(values(MD5, PASS, PhoneFamily.SPA9XX)).isEqualTo(expected);
        assertThat(values(MD5, PASS, PhoneFamily.MPP)).isEqualTo(expected);
        assertThat(values(SHA256, PASS, PhoneFamily.MPP)).isEqualTo(expected);
        assertThat(values(PLAIN, null, PhoneFamily.MPP)).isEqualTo(expected);
    }

    @Test
    void open_keyAndBodyDoNotFit_corruptFile() {
        assertCorrupt(SHA256, PASS);
        assertCorrupt(MD5, "wrong");
        assertCorrupt(MD5, null);
        assertCorrupt(PLAIN, PASS);
        assertCorrupt(bytes("Salted__"), PASS);
        assertCorrupt(new byte[0], null);
        assertCorrupt(bytes("<html></html>"), null);
        assertCorrupt(bytes("<flat-profile><A></flat-profile>"), null);
    }

    private static void assertCorrupt(byte[] body, @Nullable String key) {
        assertThatThrownBy(() -> ProfileBody.open(body, key, List.of("MD5")))
                .isInstanceOf(FetchException.class)
                .hasMessage("corrupt file");
    }

    @Test
    void open_gzip_inflated() throws FetchException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(PLAIN);
        }
        ProfileBody body = ProfileBody.open(out.toByteArray(), null, List.of("MD5"));
        assertThat(body.gzip()).isTrue();
        assertThat(body.values()).containsEntry("GPP_A", "12345678");
    }

    @Test
    void parse_emptyForms_asInAppendixA() throws FetchException {
        assertThat(parse("<A/><B ua=\"rw\"/><C></C><D ua=\"na\"></D><E>\"\"</E><F ua='ro'>x</F><G> </G>"))
                .isEqualTo(Map.of("A", "", "C", "", "D", "", "E", "", "F", "x", "G", ""));
    }

    @Test
    void parse_longProfile_emptyFormsStillToldApart() throws FetchException {
        String filler = "<GPP_B>" + "x".repeat(20_000) + "</GPP_B>";
        assertThat(parse(filler + "<A ua='rw'/><B ua='rw'></B>" + filler + "<C ua='rw'/><D ua='rw'></D>"))
                .containsOnlyKeys("GPP_B", "B", "D");
    }

    @Test
    void parse_values_trimmedJoinedAndUnescaped() throws FetchException {
        assertThat(parse("<!-- c --><A> a\nb </A><B>&amp;&lt;&gt;&apos;&quot;&#40;&#x2e;</B><C>1</C><C>2</C>"))
                .isEqualTo(Map.of("A", "a b", "B", "&<>'\"(.", "C", "2"));
    }

    @Test
    void parse_nestedRootWithAttributes_found() throws FetchException {
        String xml = "<?xml version=\"1.0\"?><device><flat-profile xmlns=\"http://www.sipura.net/xsd/SPA922\""
                + " xsi:schemaLocation=\"x\"><A group=\"P/Q\">1</A></flat-profile></device>";
        assertThat(FlatProfileParser.parse(bytes("\ufeff" + xml))).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void parse_routerConfiguration_pathsKept() throws FetchException {
        assertThat(parse("<router-configuration><Time_Setup><NTP_Server>n</NTP_Server></Time_Setup>"
                        + "<Router_Mode>1</Router_Mode></router-configuration>"))
                .isEqualTo(Map.of(
                        "router-configuration/Time_Setup/NTP_Server", "n", "router-configuration/Router_Mode", "1"));
    }
}
