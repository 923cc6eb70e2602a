package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.config.HubConfig;
import dev.provhub.device.MacAddress;
import dev.provhub.store.Database;
import dev.provhub.store.DatabaseText;
import dev.provhub.store.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From one machine to another, and what a stolen database or backup gives away: nothing. */
class BackupIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "Ju5-copper-lantern";
    private static final String DEVICE = "/api/v1/devices/000e08aabb01";
    private static final String PHRASE = "four wild horses run";

    @RegisterExtension
    private final VirtualPhones phones = new VirtualPhones(60);

    @TempDir
    private Path folder;

    private String directory = "";

    /** The device when its last contact, which is written up to a second late, is among what is told of it. */
    private static String settled(HubUnderTest hub) throws Exception {
        String[] last = {""};
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .during(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    String before = last[0];
                    last[0] = hub.get(DEVICE).body();
                    return last[0].equals(before) && last[0].contains("\"lastContact\":{");
                });
        return last[0];
    }

    @ParameterizedTest
    @CsvSource({"H2, POSTGRES", "POSTGRES, H2"})
    void backup_ofARunningHub_isThatHubOnAnotherMachineAndEngine(Engine from, Engine to) throws Exception {
        Map<String, String> old = machine("old", from.freshUrl(Files.createDirectories(folder.resolve("old-db"))));
        Path backup = folder.resolve("hub.backup");
        String key;
        String device;
        String token;
        String authority;
        try (HubUnderTest hub = HubUnderTest.start(Path.of(old.get("hub.data")), old)) {
            fill(hub);
            Files.writeString(
                    Path.of(old.get("hub.config")).resolve("layers/tenant-note.md"), "a file of the site's own\n");
            key = keyOf(hub);
            device = settled(hub);
            token = JSON.readTree(
                            hub.post("/api/v1/tokens", "application/json", "{\"name\":\"crm\",\"roles\":[\"read\"]}")
                                    .body())
                    .path("token")
                    .asText();
            Map<String, String> settings = running(hub, old);
            assertThat(command(settings, 0, "backup", backup.toString())).contains("Wrote ");
            assertThat(command(settings, 2, "backup", backup.toString())).contains("is there already");
            authority = Files.readString(hub.config().folders().data().resolve("certs/ca.crt"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");

        Map<String, String> fresh = machine("fresh", to.freshUrl(Files.createDirectories(folder.resolve("new-db"))));
        Path newConfig = Path.of(fresh.get("hub.config"));
        Files.delete(newConfig.resolve("layers/plan/office.yaml"));
        Files.createDirectories(newConfig.resolve("layers/tenant"));
        Files.writeString(newConfig.resolve("layers/tenant/stray.yaml"), "description: not in the backup\n");
        Path masterKey = Files.copy(
                Path.of(old.get("hub.data")).resolve("master.key"),
                folder.resolve("kept.key"),
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(command(fresh, 2, "restore", backup.toString())).contains("--master-key");
        assertThat(command(fresh, 0, "restore", backup.toString(), "--master-key", masterKey.toString()))
                .contains("Restored.", "database: ");
        assertThat(command(fresh, 2, "restore", backup.toString(), "--master-key", masterKey.toString()))
                .contains("holds data already");

        assertThat(newConfig.resolve("layers/tenant-note.md")).exists();
        assertThat(newConfig.resolve("layers/plan/office.yaml")).exists();
        assertThat(newConfig.resolve("layers/tenant/stray.yaml")).doesNotExist();
        assertThat(Path.of(fresh.get("hub.data")).resolve("before-restore/config/layers/tenant/stray.yaml"))
                .exists();
        try (HubUnderTest hub = HubUnderTest.start(Path.of(fresh.get("hub.data")), fresh)) {
            assertThat(hub.get(DEVICE).body()).isEqualTo(device);
            assertThat(keyOf(hub)).isEqualTo(key);
            assertThat(Files.readString(hub.config().folders().data().resolve("certs/ca.crt")))
                    .isEqualTo(authority);
            assertThat(hub.get("/api/v1/tokens").body()).contains("crm");
            assertThat(hub.get("/api/v1/audit").body()).contains("backup taken", "orders imported");
            assertThat(hub.send("PATCH", DEVICE, "{\"tenant\":\"north\"}").statusCode())
                    .as("rows that count up do so behind the restored ones")
                    .isEqualTo(200);
            assertThat(token).isNotEmpty();
        }
    }

    @Test
    void backupWithKey_ofAStoppedHub_opensWithThePassPhraseAlone() throws Exception {
        Map<String, String> old = machine("old", "");
        Path backup = folder.resolve("hub.backup");
        try (HubUnderTest hub = HubUnderTest.start(Path.of(old.get("hub.data")), old)) {
            fill(hub);
        }
        Map<String, byte[]> own = ownFiles(folder.resolve("old"));
        Map<String, String> phrase = new HashMap<>(old);
        phrase.put("HUB_BACKUP_PASSPHRASE", "short");
        assertThat(command(phrase, 2, "backup", "--with-key", backup.toString()))
                .contains("12 characters");
        phrase.put("HUB_BACKUP_PASSPHRASE", PHRASE);
        command(phrase, 0, "backup", "--with-key", backup.toString());
        assertThat(command(
                        old, 2, "backup", "--with-key", folder.resolve("other").toString()))
                .contains("HUB_BACKUP_PASSPHRASE");

        Map<String, String> fresh = machine("fresh", "");
        Map<String, String> wrong = new HashMap<>(fresh);
        wrong.put("HUB_BACKUP_PASSPHRASE", PHRASE + "!");
        assertThat(command(wrong, 2, "restore", backup.toString())).contains("does not open");
        fresh.put("HUB_BACKUP_PASSPHRASE", PHRASE);
        Path stray = folder.resolve("fresh/ext/stray.groovy");
        Files.createDirectories(stray.getParent());
        Files.writeString(stray, "// not in the backup\n");
        command(fresh, 0, "restore", backup.toString());
        for (Map.Entry<String, byte[]> file : own.entrySet()) {
            assertThat(folder.resolve("fresh").resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
        assertThat(stray).doesNotExist();
        assertThat(Path.of(fresh.get("hub.data")).resolve("before-restore/ext/stray.groovy"))
                .exists();
        fresh.remove("HUB_BACKUP_PASSPHRASE");
        try (HubUnderTest hub = HubUnderTest.start(Path.of(fresh.get("hub.data")), fresh)) {
            assertThat(keyOf(hub)).matches("[0-9a-f]{64}");
            assertThat(hub.get("/api/v1/routes/answer-device").body()).contains("\"site\":true");
        }
    }

    /** A route that stands for a shipped one, what it was made of, a script and a jar; by path. */
    private static Map<String, byte[]> ownFiles(Path home) throws Exception {
        byte[] route = Files.readAllBytes(Path.of("routes/devices/answer-device.camel.yaml"));
        Map<String, byte[]> files = Map.of(
                "site/routes/devices/answer-device.camel.yaml",
                route,
                "site/routes/devices/answer-device.camel.yaml.shipped",
                route,
                "ext/greet.groovy",
                "headers['X-Greeting'] = 'hello'\n".getBytes(StandardCharsets.UTF_8),
                "ext/steps.jar",
                new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = home.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return files;
    }

    @Test
    void backup_whileTheKeyIsBeingChanged_hasBothKeysAndTheRestoredHubReadsEverything() throws Exception {
        Map<String, String> old = machine("old", "");
        Path backup = folder.resolve("hub.backup");
        String device;
        try (HubUnderTest hub = HubUnderTest.start(Path.of(old.get("hub.data")), old)) {
            fill(hub);
            device = hub.get(DEVICE + "/key").body();
        }
        Path keys = Path.of(old.get("hub.data")).resolve("master.key");
        // As it is right after a change has begun
        Files.writeString(keys, "e".repeat(64) + "\n" + Files.readString(keys));
        command(old, 0, "backup", backup.toString());
        Path newest = Files.writeString(folder.resolve("new.key"), "e".repeat(64) + "\n");
        Files.setPosixFilePermissions(newest, PosixFilePermissions.fromString("rw-------"));

        for (Path given : List.of(newest, keys)) {
            Map<String, String> fresh = machine("fresh-" + given.getFileName(), "");
            command(fresh, 0, "restore", backup.toString(), "--master-key", given.toString());
            try (HubUnderTest hub = HubUnderTest.start(Path.of(fresh.get("hub.data")), fresh)) {
                assertThat(keyOf(hub)).isEqualTo(device.strip());
            }
        }
    }

    @Test
    void restore_alteredOrCutOff_changesNothing() throws Exception {
        Map<String, String> old = machine("old", "");
        Path backup = folder.resolve("hub.backup");
        try (HubUnderTest hub = HubUnderTest.start(Path.of(old.get("hub.data")), old)) {
            fill(hub);
        }
        command(old, 0, "backup", backup.toString());
        byte[] bytes = Files.readAllBytes(backup);
        Path key = Path.of(old.get("hub.data")).resolve("master.key");
        List<byte[]> broken = new ArrayList<>();
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        broken.add(flipped);
        for (int missing : new int[] {1, 20, 400, 4000}) {
            broken.add(java.util.Arrays.copyOf(bytes, bytes.length - missing));
        }
        broken.add(java.util.Arrays.copyOf(bytes, 65_580 + 100));
        broken.add("hello\n".getBytes(StandardCharsets.US_ASCII));
        Map<String, String> fresh = machine("fresh", "");
        for (byte[] bad : broken) {
            Path file = Files.write(folder.resolve("bad.backup"), bad);
            command(fresh, 2, "restore", file.toString(), "--master-key", key.toString());
            try (Stream<Path> left = Files.list(Path.of(fresh.get("hub.data")))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void databaseAndBackup_everyByte_holdNoSecretInClear(Engine engine) throws Exception {
        Map<String, String> old = machine("old", engine.freshUrl(Files.createDirectories(folder.resolve("old-db"))));
        old.put("hub.database.password", "db-pass-phrase-of-the-site");
        Files.writeString(
                Path.of(old.get("hub.config")).resolve("hub.properties"),
                "hub.database.password = db-pass-phrase-of-the-site\n");
        if (engine == Engine.POSTGRES) {
            old.put("hub.database.user", "postgres");
        }
        Path data = Path.of(old.get("hub.data"));
        List<String> secrets = new ArrayList<>(List.of(PASSWORD, "Wo8-quiet-harbour", "own-web-password"));
        HubConfig config;
        try (HubUnderTest hub = HubUnderTest.start(data, old)) {
            config = hub.config();
            fill(hub);
            secrets.add(keyOf(hub));
            secrets.add(directory);
            secrets.add(JSON.readTree(
                            hub.post("/api/v1/tokens", "application/json", "{\"name\":\"crm\",\"roles\":[\"read\"]}")
                                    .body())
                    .path("token")
                    .asText());
            secrets.add(hub.token());
        }
        secrets.add(Files.readString(data.resolve("master.key")).strip());
        command(old, 0, "backup", folder.resolve("hub.backup").toString());

        StringBuilder everything = new StringBuilder();
        try (Database database = Database.open(
                config.database().url(),
                config.database().user(),
                config.database().password())) {
            everything.append(DatabaseText.of(database));
        }
        if (engine == Engine.H2) {
            everything.append(script(config));
            try (Stream<Path> files = Files.list(folder.resolve("old-db"))) {
                for (Path file : files.toList()) {
                    everything.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(everything).contains("4989200001", "sip.example.net");
        String backup = Files.readString(folder.resolve("hub.backup"), StandardCharsets.ISO_8859_1);
        assertThat(backup).doesNotContain("4989200001", "PRIVATE KEY", "db-pass-phrase-of-the-site");
        for (String secret : secrets) {
            assertThat(secret).hasSizeGreaterThan(10);
            assertThat(everything.indexOf(secret)).as("secret in the database").isEqualTo(-1);
            assertThat(backup.indexOf(secret)).as("secret in the backup").isEqualTo(-1);
        }
    }

    private static String script(HubConfig config) throws Exception {
        StringBuilder script = new StringBuilder();
        try (var connection = DriverManager.getConnection(
                        config.database().url() + ";DATABASE_TO_LOWER=TRUE;MODE=PostgreSQL",
                        config.database().user(),
                        config.database().password());
                var rows = connection.createStatement().executeQuery("script")) {
            while (rows.next()) {
                script.append(rows.getString(1)).append('\n');
            }
        }
        return script.toString();
    }

    /** Settings of a machine with files of its own; an empty URL for the database in its data folder. */
    private Map<String, String> machine(String name, String url) throws Exception {
        Path home = folder.resolve(name);
        for (String part : new String[] {"config", "routes", "firmware"}) {
            Folders.copy(Path.of(part), home.resolve(part));
        }
        Folders.configWith(home.resolve("config"), "tenant/north");
        Map<String, String> settings = new HashMap<>(HubUnderTest.settings(home.resolve("data"), Map.of()));
        settings.put("hub.config", home.resolve("config").toString());
        settings.put("hub.routes", home.resolve("routes").toString());
        settings.put("hub.routes.site", home.resolve("site/routes").toString());
        settings.put("hub.ext", home.resolve("ext").toString());
        settings.put("hub.firmware", home.resolve("firmware").toString());
        if (!url.isEmpty()) {
            settings.put("hub.database.url", url);
            settings.put("hub.database.user", url.contains("postgres") ? "postgres" : "hub");
        }
        return settings;
    }

    private static Map<String, String> running(HubUnderTest hub, Map<String, String> settings) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put("hub.api.port", "" + hub.config().listeners().api().port());
        return changed;
    }

    private void fill(HubUnderTest hub) throws Exception {
        assertThat(hub.post("/api/v1/imports", "text/csv", Files.readString(Path.of("docs/examples/phones.csv")))
                        .statusCode())
                .isEqualTo(200);
        try (PhoneUnderTest phone = phones.aPhoneOf(hub)
                .thatIs("SPA942")
                .withMac(new MacAddress("000e08aabb01"))
                .withSerial("88012BA01234")
                .switchedOn()) {
            assertThat(phone.awaitUntil(now -> now.parameter("Password_1_").equals(PASSWORD)))
                    .isTrue();
            directory = phone.parameter("Profile_Rule").replaceFirst("(?s).*/p/([a-z2-7]+)/.*", "$1");
        }
        assertThat(directory).matches("[a-z2-7]{26,64}");
        assertThat(hub.send("PATCH", DEVICE, "{\"settings\":{\"Admin_Passwd\":\"own-web-password\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String keyOf(HubUnderTest hub) throws Exception {
        return hub.get(DEVICE + "/key").body().strip();
    }

    private String command(Map<String, String> settings, int exit, String... arguments) throws Exception {
        try (HubProcess process = HubProcess.start(folder, settings, arguments)) {
            assertThat(process.awaitEnd(Duration.ofSeconds(90)))
                    .as(process.output())
                    .isEqualTo(exit);
            return process.output();
        }
    }
}
