package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Profiles that dnsmasq and nginx serve, kept in step by the hub. */
class PublishingIT {
    private static final MacAddress KITCHEN = MacAddress.parse("000e08000001");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(2400);

    @TempDir
    private Path folder;

    private final LoggedText log = new LoggedText();
    private FileServers servers;
    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        servers = FileServers.start(folder);
        Folders.copy(Path.of("config"), folder.resolve("config"));
        transport("http", "published");
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (hub != null) {
            hub.close();
        }
        if (servers != null) {
            servers.close();
        }
        log.close();
    }

    private void transport(String before, String after) throws IOException {
        Path layer = folder.resolve("config/layers/base/hardening.yaml");
        String text = Files.readString(layer);
        assertThat(text).contains("profileTransport: " + before);
        Files.writeString(layer, text.replace("profileTransport: " + before, "profileTransport: " + after));
    }

    private void hub(String url, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "hub.config", folder.resolve("config").toString(), "hub.publish.url", url, "hub.publish.period", "1"));
        if (!more.containsKey("hub.publish.sftp")) {
            settings.put("hub.publish.dir", servers.files().toString());
        }
        settings.putAll(more);
        hub = HubUnderTest.start(folder.resolve("data"), settings);
    }

    private void ordered(String model) throws Exception {
        assertThat(hub.post(
                                "/api/v1/imports",
                                "text/csv",
                                "externalId,action,macAddress,deviceModel,lineNumber,sipUser,sipPassword,sipDomain\n"
                                        + "P-1,add," + KITCHEN + "," + model + ",1,kitchen,secret,sip.example.net\n")
                        .body())
                .contains(",ok,");
    }

    private JsonNode device() throws IOException, InterruptedException {
        return JSON.readTree(hub.get("/api/v1/devices/" + KITCHEN).body());
    }

    private void display(String name) throws Exception {
        assertThat(hub.send("PATCH", "/api/v1/devices/" + KITCHEN, "{\"settings\":{\"Station_Name\":\"" + name + "\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    private List<String> published() throws IOException {
        try (Stream<Path> files = Files.list(servers.files())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void awaitFiles(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).hasSize(count));
    }

    private String url(String transport) {
        return transport.equals("tftp") ? "tftp://" + FileServers.TFTP_HOST : servers.webUrl();
    }

    private String key(PhoneUnderTest phone, String model) {
        return phone.parameter(model.equals("SPA504G") ? "GPP_A" : "GPP_SA");
    }

    @ParameterizedTest
    @CsvSource({"SPA504G,tftp", "CP-8841-3PCC,http", "SPA942,http"})
    void life_fromTheFactoryToDeletion_isServedByTheOrdinaryServer(String model, String transport) throws Exception {
        hub(url(transport), Map.of());
        ordered(model);
        PhoneUnderTest phone =
                phones.aPhoneOf(hub).thatIs(model).withMac(KITCHEN).switchedOn();

        phone.awaitParameter("User_ID_1_", "kitchen");
        phone.awaitSecured();
        assertThat(published()).hasSize(1).allMatch(name -> name.matches("[a-z2-7]{26}[.]cfg"));
        String first = published().get(0);
        Path file = servers.files().resolve(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("Salted__")
                .doesNotContain("kitchen");
        assertThat(phone.parameter("Profile_Rule"))
                .endsWith("] " + url(transport) + "/" + first)
                .contains("/b/$(PSN)/$(MA).cfg");
        assertThat(device().path("state").asText()).isEqualTo("KEYED");
        assertThat(device().path("appliedRevision").isNull()).isTrue();
        assertThat(hub.get("/tmf-api/serviceOrdering/v4/serviceOrder").body()).contains("\"state\":\"completed\"");

        display("changed");
        phone.awaitParameter("Station_Name", "changed");

        String oldKey = key(phone, model);
        assertThat(hub.post("/api/v1/devices/" + KITCHEN + "/rotate-key", "application/json", "")
                        .statusCode())
                .isEqualTo(202);
        awaitFiles(2);
        phone.awaitUntil("new key", () -> !key(phone, model).equals(oldKey));
        String second = published().stream()
                .filter(name -> !name.equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(phone.parameter("Profile_Rule")).endsWith("/" + second);
        display("rotated");
        phone.awaitParameter("Station_Name", "rotated");

        assertThat(hub.delete("/api/v1/devices/" + KITCHEN).statusCode()).isEqualTo(204);
        phone.awaitParameter("Password_1_", "");
        awaitFiles(0);

        assertThat(log.text())
                .contains("Published profile device=" + KITCHEN)
                .doesNotContain(first.replace(".cfg", ""));
        assertThat(log.text()).doesNotContain(second.replace(".cfg", "")).doesNotContain(oldKey);
    }

    @Test
    void deletion_withoutAWipe_takesTheFileAwayAtOnce() throws Exception {
        hub(url("http"), Map.of("hub.wipe.days", "0"));
        ordered("SPA504G");
        phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn().awaitParameter("User_ID_1_", "kitchen");
        awaitFiles(1);

        assertThat(hub.delete("/api/v1/devices/" + KITCHEN).statusCode()).isEqualTo(204);

        awaitFiles(0);
    }

    @Test
    void layerEdits_takeDevicesToTheServerAndBack() throws Exception {
        transport("published", "http");
        hub(url("tftp"), Map.of());
        ordered("SPA504G");
        PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
        phone.awaitParameter("User_ID_1_", "kitchen");
        assertThat(published()).isEmpty();

        transport("http", "published");
        awaitFiles(1);
        phone.awaitUntil("at the server", () -> phone.parameter("Profile_Rule").contains("] tftp://"));
        display("there");
        phone.awaitParameter("Station_Name", "there");

        transport("published", "http");
        phone.awaitUntil("at the hub", () -> phone.parameter("Profile_Rule").contains("/p/"));
        display("back");
        phone.awaitParameter("Station_Name", "back");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(device().path("appliedRevision").asText())
                        .startsWith(device().path("revision").asText() + "."));
        assertThat(published()).as("for those that were away").hasSize(1);
    }

    @Test
    void emptiedFolder_isFilledAgainByARestart() throws Exception {
        hub(url("http"), Map.of());
        ordered("SPA504G");
        phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn().awaitParameter("User_ID_1_", "kitchen");
        awaitFiles(1);
        hub.close();
        Files.delete(servers.files().resolve(published().get(0)));

        hub(url("http"), Map.of());

        awaitFiles(1);
    }

    @Test
    void brokenFolder_isToldWithoutTheNameAndTriedAgain() throws Exception {
        Path place = Files.writeString(folder.resolve("place"), "a file where a folder should be");
        hub(url("http"), Map.of("hub.publish.dir", place.toString()));
        ordered("SPA504G");
        PhoneUnderTest phone = phones.aPhoneOf(hub).withMac(KITCHEN).switchedOn();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log.text())
                .contains("Publishing failed, to be tried again what=Publication[PROFILE " + KITCHEN + "]"));
        String directory =
                phone.parameter("Profile_Rule").replaceFirst(".*/", "").replace(".cfg", "");
        assertThat(directory).hasSize(26);

        Files.delete(place);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(place).isDirectory());
        assertThat(log.text()).doesNotContain(directory);
    }

    @Test
    void sftp_serverOfOthers_getsAndLosesTheFiles() throws Exception {
        try (SshServer ssh = sftpServer()) {
            hub(
                    url("http"),
                    Map.of(
                            "hub.publish.sftp",
                            "sftp://127.0.0.1:" + ssh.getPort() + "/files",
                            "hub.publish.sftp.user",
                            "hub",
                            "hub.publish.sftp.private-key",
                            folder.resolve("id").toString(),
                            "hub.publish.sftp.known-hosts",
                            folder.resolve("known_hosts").toString()));
            ordered("CP-8841-3PCC");
            PhoneUnderTest phone =
                    phones.aPhoneOf(hub).thatIs("CP-8841-3PCC").withMac(KITCHEN).switchedOn();

            phone.awaitParameter("User_ID_1_", "kitchen");
            display("changed");
            phone.awaitParameter("Station_Name", "changed");
            assertThat(published()).hasSize(1).allMatch(name -> name.matches("[a-z2-7]{26}[.]cfg"));
            String name = published().get(0);
            assertThat(hub.delete("/api/v1/devices/" + KITCHEN).statusCode()).isEqualTo(204);
            phone.awaitParameter("Password_1_", "");
            awaitFiles(0);

            assertThat(log.text()).doesNotContain(name.replace(".cfg", ""));
        }
    }

    @Test
    void sftp_strangersHostKey_getsNothing() throws Exception {
        try (SshServer ssh = sftpServer()) {
            Path known = folder.resolve("known_hosts");
            String entry = Files.readString(known);
            try (SshServer other = SshServer.setUpDefaultServer()) {
                other.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("other.key")));
                Files.writeString(known, knownHosts(other, ssh.getPort()));
            }
            assertThat(Files.readString(known)).isNotEqualTo(entry);
            hub(
                    url("http"),
                    Map.of(
                            "hub.publish.sftp",
                            "sftp://127.0.0.1:" + ssh.getPort() + "/files",
                            "hub.publish.sftp.user",
                            "hub",
                            "hub.publish.sftp.private-key",
                            folder.resolve("id").toString(),
                            "hub.publish.sftp.known-hosts",
                            known.toString()));
            ordered("CP-8841-3PCC");
            phones.aPhoneOf(hub).thatIs("CP-8841-3PCC").withMac(KITCHEN).switchedOn();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.text()).contains("Publishing failed, to be tried again"));
            assertThat(published()).isEmpty();
        }
    }

    /** Takes one key, which lies in {@code id}; serves the folder of the test. */
    private SshServer sftpServer() throws Exception {
        java.security.KeyPairGenerator keys = java.security.KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        java.security.KeyPair user = keys.generateKeyPair();
        try (java.io.OutputStream out = Files.newOutputStream(folder.resolve("id"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "hub", null, out);
        }
        SshServer ssh = SshServer.setUpDefaultServer();
        ssh.setHost("127.0.0.1");
        ssh.setPort(0);
        SimpleGeneratorHostKeyProvider host = new SimpleGeneratorHostKeyProvider(folder.resolve("host.key"));
        ssh.setKeyPairProvider(host);
        ssh.setPublickeyAuthenticator((name, key, session) -> name.equals("hub")
                && java.util.Arrays.equals(key.getEncoded(), user.getPublic().getEncoded()));
        ssh.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        ssh.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        ssh.start();
        Files.writeString(folder.resolve("known_hosts"), knownHosts(ssh, ssh.getPort()));
        return ssh;
    }

    private static String knownHosts(SshServer ssh, int port) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (java.security.KeyPair pair : ssh.getKeyPairProvider().loadKeys(null)) {
            lines.append("[127.0.0.1]:").append(port).append(' ');
            org.apache.sshd.common.config.keys.PublicKeyEntry.appendPublicKeyEntry(lines, pair.getPublic());
            lines.append('\n');
        }
        return new TreeSet<>(lines.toString().lines().toList()).stream().reduce("", (a, b) -> a + b + "\n");
    }
}
