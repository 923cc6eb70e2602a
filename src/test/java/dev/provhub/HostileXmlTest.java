package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.emulator.profile.AliasMap;
import dev.provhub.emulator.profile.CompiledProfiles;
import dev.provhub.emulator.profile.PassDigest;
import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.profile.FlatProfileReader;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.ReportReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place that reads XML: no entity is expanded, no other file or address is fetched, nothing grows. */
class HostileXmlTest {
    private static final Pattern PARSER = Pattern.compile(
            "XMLInputFactory|DocumentBuilder|SAXParser|TransformerFactory|\\bSchemaFactory|XmlMapper|XPathFactory|XMLReader");
    private static final String BOMB = "<!DOCTYPE f [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
            + "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY g \"&e;&e;&e;&e;&e;&e;&e;&e;\">"
            + "<!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;\">]>"
            + "<flat-profile><Station_Name>&i;</Station_Name></flat-profile>";

    @Test
    void parsers_areOnlyThoseThatAreTriedHere() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> users = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> PARSER.matcher(text(file)).find())
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(users).containsExactly("FlatProfileParser.java", "FlatProfileReader.java", "ReportReader.java");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Stream<String> bombs() {
        return Stream.of(
                BOMB,
                "<!DOCTYPE f [<!ENTITY a \"" + "a".repeat(100_000) + "\">]><flat-profile><Station_Name>"
                        + "&a;".repeat(10_000) + "</Station_Name></flat-profile>",
                "<!DOCTYPE f [<!ENTITY % p SYSTEM \"file:///dev/zero\"> %p;]><flat-profile><Station_Name>&x;"
                        + "</Station_Name></flat-profile>",
                "<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><flat-profile><Station_Name>&x;"
                        + "</Station_Name></flat-profile>",
                "<flat-profile>" + "<a>".repeat(1_000_000),
                "<flat-profile><router-configuration>" + "<a>".repeat(1_000_000),
                "<a>".repeat(1_000_000),
                "<flat-profile " + "a=\"b\" ".repeat(100_000) + ">",
                "<flat-profile><Station_Name " + attributes(50_000) + "/></flat-profile>");
    }

    private static String attributes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(" a").append(i).append("=\"\"");
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bombs")
    void reader_ofTheHub_refusesOrReadsNothingOfIt(String xml) {
        assertThatThrownBy(() -> {
                    List<FlatProfileReader.Read> read = FlatProfileReader.read(xml.getBytes(StandardCharsets.UTF_8));
                    assertThat(read.toString()).hasSizeLessThan(1000);
                    throw new IllegalArgumentException("read without harm");
                })
                .isInstanceOf(RuntimeException.class)
                .message()
                .doesNotContain("root:");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bombs")
    void reader_ofReports_refusesOrReadsNothingOfIt(String xml) {
        assertThatThrownBy(() -> {
                    DeviceReport read = ReportReader.read(xml.getBytes(StandardCharsets.UTF_8));
                    assertThat(read.parameters().toString())
                            .hasSizeLessThan(100_000)
                            .doesNotContain("root:", "aaaaa");
                    throw new IllegalArgumentException("read without harm");
                })
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("root:");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bombs")
    void reader_ofTheVirtualPhone_refusesOrReadsNothingOfIt(String xml) {
        ProfileOpener opener = new ProfileOpener(List.of(PassDigest.values()), CompiledProfiles.CLOSED, "0002fdff2103");
        ProfileOpener.Terms terms = new ProfileOpener.Terms("", null, null, AliasMap.NONE);

        assertThatThrownBy(() -> {
                    assertThat(opener.open(xml.getBytes(StandardCharsets.UTF_8), terms)
                                    .settings())
                            .allMatch(setting -> String.valueOf(setting.value()).length() < 1000);
                    throw new IllegalArgumentException("read without harm");
                })
                .isInstanceOf(Exception.class)
                .message()
                .doesNotContain("root:");
    }

    @Test
    void dtd_atAnotherAddress_isNotFetched(@TempDir Path folder) throws Exception {
        try (ServerSocket stranger = new ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            stranger.setSoTimeout(300);
            String url = "http://127.0.0.1:" + stranger.getLocalPort() + "/x.dtd";
            String xml = "<!DOCTYPE f SYSTEM \"" + url + "\" [<!ENTITY % p SYSTEM \"" + url + "\"> %p;]>"
                    + "<flat-profile xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                    + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"" + url
                    + "\"><Station_Name>a</Station_Name></flat-profile>";

            List<FlatProfileReader.Read> read = FlatProfileReader.read(xml.getBytes(StandardCharsets.UTF_8));

            assertThat(read).hasSize(1);
            assertThat(ReportReader.read(xml.getBytes(StandardCharsets.UTF_8)).parameters())
                    .hasSize(1);
            assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
