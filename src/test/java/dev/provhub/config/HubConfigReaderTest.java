package dev.provhub.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.notify.SipAddress;
import dev.provhub.notify.SipLogin;
import dev.provhub.notify.SipTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubConfigReaderTest {
    @TempDir
    private Path home;

    @BeforeEach
    void folders() throws IOException {
        for (String folder : new String[] {"config", "routes", "firmware"}) {
            Files.createDirectory(home.resolve(folder));
        }
    }

    @Test
    void read_withoutFile_hasEveryDefault() {
        HubConfig config = HubConfigReader.read(home, Map.of(), Map.of());

        assertThat(config.folders().data()).isEqualTo(home.resolve("data"));
        assertThat(config.folders().importDir()).isEqualTo(home.resolve("data/import"));
        assertThat(config.listeners().tftp()).isEqualTo(new Listener("0.0.0.0", 6969));
        assertThat(config.listeners().http()).isEqualTo(new Listener("0.0.0.0", 8080));
        assertThat(config.listeners().https()).isEqualTo(new Listener("0.0.0.0", 8443));
        assertThat(config.listeners().httpsLegacy()).isEqualTo(new Listener("0.0.0.0", 8444));
        assertThat(config.listeners().httpsLegacyEnabled()).isFalse();
        assertThat(config.listeners().api()).isEqualTo(new Listener("127.0.0.1", 8081));
        assertThat(config.database().url()).startsWith("jdbc:h2:file:" + home.resolve("data/hub"));
        assertThat(config.publicUrls()).isEqualTo(new HubConfig.PublicUrls("", "", "", "", ""));
        assertThat(config.listeners().guard())
                .isEqualTo(new ListenerGuard(Duration.ofSeconds(10), List.of(), false, 600, 0));
        assertThat(config.shutdownTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void read_optionBeforeVariableBeforeFileBeforeDefault() throws IOException {
        Files.writeString(
                home.resolve("config/hub.properties"), "hub.http.port = 1001\nhub.tftp.port=1002\nhub.api.port=1003\n");

        HubConfig config = HubConfigReader.read(
                home,
                Map.of("HUB_HTTP_PORT", "2001", "HUB_HTTPS_LEGACY_PORT", "2004"),
                Map.of("hub.tftp.port", "3002"));

        assertThat(config.listeners().http().port()).isEqualTo(2001);
        assertThat(config.listeners().tftp().port()).isEqualTo(3002);
        assertThat(config.listeners().api().port()).isEqualTo(1003);
        assertThat(config.listeners().httpsLegacy().port()).isEqualTo(2004);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hub.http.port                | 65536             | a whole number from 0 to 65535
            hub.http.port                | http              | a whole number from 0 to 65535
            hub.https-legacy.enabled     | maybe             | true or false
            hub.public.http              | provisioning      | http://host[:port][/path]
            hub.public.http              | https://h         | http://host[:port][/path]
            hub.public.tftp              | tftp://[::1]:69   | IPv6
            hub.header-timeout           | 0                 | a whole number from 1 to 300
            hub.trusted-proxies          | 10.1.2.3/16       | addresses or ranges such as 192.0.2.7, 10.1.0.0/16
            hub.trusted-proxies          | balancer.example  | addresses or ranges such as 192.0.2.7, 10.1.0.0/16
            hub.trusted-proxies          | 10.0.0.0/33       | addresses or ranges such as 192.0.2.7, 10.1.0.0/16
            hub.proxy-protocol           | v2                | true or false
            hub.shutdown.timeout         | 0                 | a whole number from 1 to 300
            hub.api.tls                  | on                | development, or nothing
            hub.api.tls.certificate      | a.pem             | hub.api.tls.key
            hub.api.tls.key              | a.pem             | hub.api.tls.certificate
            hub.api.host                 | 0.0.0.0           | hub.api.allow-clear = true
            hub.api.host                 | 192.0.2.1         | hub.api.tls = development
            hub.api.allow-clear          | yes               | true or false
            hub.publish.url              | ftp://h           | tftp or http or https://host[:port][/path]
            hub.publish.url              | http://h          | nothing without hub.publish.dir or hub.publish.sftp
            hub.publish.completion       | never             | published or applied
            """)
    void read_badValue_isRefusedWithSettingValueAndWhatIsAllowed(String setting, String value, String allowed) {
        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of(setting, value)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContainingAll(setting, value, allowed)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void read_unknownSettingInFile_isRefusedWithFileAndName() throws IOException {
        Files.writeString(home.resolve("config/hub.properties"), "# a remark\nhub.tfp.port = 69\n");

        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of()))
                .hasMessageContainingAll("hub.properties:2:", "'hub.tfp.port' is not a setting", "hub.tftp.port");
    }

    @Test
    void read_badValueInFile_isRefusedWithItsLine() throws IOException {
        Files.writeString(home.resolve("config/hub.properties"), "hub.log.events = 5000\n\n  hub.log.days : 3d\n");

        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of()))
                .hasMessageContainingAll("hub.properties:3: hub.log.days = 3d is not allowed");
        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of("HUB_LOG_DAYS", "4d"), Map.of()))
                .message()
                .startsWith("hub.log.days = 4d is not allowed");
    }

    @Test
    void read_settingTwiceInFile_isRefusedWithBothLines() throws IOException {
        Files.writeString(
                home.resolve("config/hub.properties"), "hub.tftp.port = 69\n# hub.tftp.port = 70\nhub.tftp.port=71\n");

        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of()))
                .hasMessageContaining("hub.properties:3: 'hub.tftp.port' stands here again, and first in line 1");
    }

    @Test
    void read_fileThatIsNotUtf8_isRefusedWithTheLine() throws IOException {
        Files.write(
                home.resolve("config/hub.properties"),
                "hub.tftp.port = 69\n# f\u00fcr Telefone\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of()))
                .hasMessageContaining("hub.properties:2: is not UTF-8");
    }

    @Test
    void read_databaseUrlOfAnotherKind_isRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> HubConfigReader.read(
                        home, Map.of(), Map.of("hub.database.url", "jdbc:mysql://h/d?password=s3cret")))
                .hasMessageContaining("hub.database.url must begin with jdbc:h2: or jdbc:postgresql:")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void read_publishing_isAFolderOrAnSftpServerWithAllItNeeds() throws IOException {
        Files.writeString(home.resolve("id"), "key");
        Map<String, String> sftp = new HashMap<>(Map.of(
                "hub.publish.url", "tftp://files.example.net/p/",
                "hub.publish.sftp", "sftp://files.example.net/tftp/p/",
                "hub.publish.sftp.user", "hub",
                "hub.publish.sftp.private-key", "id",
                "hub.publish.sftp.known-hosts", "id"));

        PublishSettings publishing = HubConfigReader.read(home, Map.of(), sftp).publishing();

        assertThat(publishing.isOn()).isTrue();
        assertThat(publishing.url()).isEqualTo("tftp://files.example.net/p");
        assertThat(publishing.sftp())
                .isEqualTo(new PublishSettings.Sftp(
                        "files.example.net",
                        22,
                        "tftp/p",
                        "hub",
                        home.resolve("id").toAbsolutePath(),
                        home.resolve("id").toAbsolutePath()));
        assertThat(HubConfigReader.read(home, Map.of(), Map.of()).publishing().isOn())
                .isFalse();
        for (String needed : new String[] {"url", "sftp.user", "sftp.private-key", "sftp.known-hosts"}) {
            Map<String, String> without = new HashMap<>(sftp);
            without.remove("hub.publish." + needed);
            assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), without))
                    .hasMessageContaining("hub.publish." + needed + " = ");
        }
        sftp.put("hub.publish.dir", "p");
        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), sftp))
                .hasMessageContaining("either this or hub.publish.dir");
        assertThatThrownBy(() -> HubConfigReader.read(
                        home,
                        Map.of(),
                        Map.of("hub.publish.url", "http://h", "hub.publish.sftp", "sftp://hub:s3cret@h/p")))
                .hasMessageContaining("without a name or password")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void read_notifying_isForOperatorsAloneUnlessTold() {
        NotifySettings usual = HubConfigReader.read(home, Map.of(), Map.of()).notifying();
        assertThat(usual)
                .isEqualTo(new NotifySettings(
                        new Listener("0.0.0.0", 5062), null, null, 20, Duration.ofSeconds(300), Set.of()));

        NotifySettings told = HubConfigReader.read(
                        home,
                        Map.of("HUB_NOTIFY_PROXY_PASSWORD", "s3cret"),
                        Map.of(
                                "hub.notify.proxy", "sip.example.net:5070;transport=tcp",
                                "hub.notify.proxy.user", "hub",
                                "hub.notify.on", "orders, rotations"))
                .notifying();
        assertThat(told.proxy()).isEqualTo(new SipAddress("sip.example.net", 5070, SipTransport.TCP));
        assertThat(told.proxyLogin()).isEqualTo(new SipLogin("hub", "s3cret"));
        assertThat(told.on()).containsExactlyInAnyOrder("orders", "rotations");
        assertThat(told.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "hub.notify.proxy, sip:proxy, host[:port]",
        "hub.notify.proxy, proxy;transport=tls, host[:port]",
        "hub.notify.proxy.password, s3cret, a name together with hub.notify.proxy.password",
        "hub.notify.per-second, 0, from 1 to 1000",
        "hub.notify.spread, -1, from 0 to 86400",
        "hub.notify.on, order, 'orders, rotations'",
        "hub.sip.port, 70000, from 0 to 65535"
    })
    void read_notifyingWithAMistake_saysWhatIsAllowed(String setting, String value, String allowed) {
        assertThatThrownBy(() -> HubConfigReader.read(home, Map.of(), Map.of(setting, value)))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining(allowed)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void read_publicUrlWithSlashAtTheEnd_losesIt() {
        HubConfig config =
                HubConfigReader.read(home, Map.of(), Map.of("hub.public.http", "http://p.example.net/phones/"));

        assertThat(config.publicUrls().http()).isEqualTo("http://p.example.net/phones");
    }

    @Test
    void referencePage_namesEverySettingWithDefaultAndPurpose() throws IOException {
        String page = Files.readString(Path.of("docs/reference/settings.md"));

        assertThat(Arrays.stream(Setting.values())).allSatisfy(setting -> assertThat(page)
                .contains("| `" + setting.key() + "` | "
                        + (setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`") + " | "
                        + setting.purpose() + " |"));
    }

    @Test
    void shippedFile_namesEverySettingWithItsDefault() throws IOException {
        String shipped = Files.readString(Path.of("config/hub.properties"));

        assertThat(Arrays.stream(Setting.values())).allSatisfy(setting -> assertThat(shipped)
                .contains(("#" + setting.key() + " = " + setting.fallback()).strip()));
    }
}
