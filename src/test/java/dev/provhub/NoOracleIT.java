package dev.provhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import dev.provhub.pki.HubCertificates;
import dev.provhub.pki.KeyAndChain;
import dev.provhub.secrets.SecretFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Without proof there is nothing to find out by asking: the database itself counts its statements, and none that touches devices
 * is among them. What is not looked up can neither differ in its answer nor in its time.
 */
class NoOracleIT {
    private static final String KNOWN = "0002fdff2103";
    private static final String UNKNOWN = "0002fdff2104";
    private static final Pattern OF_DEVICES = Pattern.compile("(?i)\\bdevice(_line|_key)?\\b");

    @TempDir
    private static Path folder;

    private static HubUnderTest hub;
    private static Connection database;

    @BeforeAll
    static void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
        hub.order(Files.readString(Path.of("docs/examples/order.json")));
        database = DriverManager.getConnection(hub.config().database().url(), "hub", "");
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
        hub.close();
    }

    /** What the hub asks each minute by itself, whoever asks it. */
    /** Health looks at certificates that end by itself. */
    private static final Pattern ENDING =
            Pattern.compile("select count[(][*][)] from device_certificate c join device");

    private static final String BY_AGE = "select k.mac from device_key k where 0 > 0";

    @BeforeEach
    void forgetStatements() throws SQLException {
        execute("set query_statistics false");
        execute("set query_statistics true");
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How often each statement on devices was run since the test began. */
    private static Map<String, Integer> statementsOnDevices() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select sql_statement, execution_count from information_schema.query_statistics")) {
            while (rows.next()) {
                boolean isScheduled = rows.getString(1).startsWith(BY_AGE)
                        || ENDING.matcher(rows.getString(1)).lookingAt();
                if (!isScheduled && OF_DEVICES.matcher(rows.getString(1)).find()) {
                    counts.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return counts;
    }

    static Stream<Arguments> namesWithoutProof() {
        return Stream.of(Door.HTTP, Door.HTTPS, Door.LEGACY, null).flatMap(door -> Stream.of(
                        "/spa" + KNOWN + ".cfg",
                        "/spa" + UNKNOWN + ".cfg",
                        "/" + KNOWN + ".cfg",
                        "/" + KNOWN + ".xml",
                        "/" + UNKNOWN + ".xml",
                        "/Cisco/SPA508G/" + KNOWN + ".cfg",
                        "/Cisco/SPA508G/" + UNKNOWN + ".cfg",
                        "/ata" + KNOWN + ".cfg",
                        "/spa508G.cfg",
                        "/init.cfg",
                        "/b/508G/" + KNOWN + ".cfg",
                        "/b/508G/" + UNKNOWN + ".cfg",
                        "/b/508G/nonsense.cfg",
                        "/rc",
                        "/firmware/none.bin",
                        "/ca/hub.pem",
                        "/ca/none.pem",
                        "/SEP" + KNOWN + ".cnf.xml",
                        "/p/" + KNOWN,
                        "/unknown",
                        "/" + KNOWN)
                .map(name -> Arguments.of(door, name)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("namesWithoutProof")
    void name_withoutProof_isAnsweredWithoutALookAtDevices(@org.jspecify.annotations.Nullable Door door, String name)
            throws Exception {
        if (door == null) {
            overTftp(name);
        } else {
            door.get(hub, name, "User-Agent: Cisco/SPA508G-7.6.2g (" + KNOWN + ")(CBT141400UK)\r\n");
        }

        assertThat(statementsOnDevices()).isEmpty();
    }

    private static void overTftp(String name) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            byte[] bytes = ("\0\1" + name + "\0octet\0").getBytes(ISO_8859_1);
            socket.send(new DatagramPacket(
                    bytes,
                    bytes.length,
                    new InetSocketAddress("127.0.0.1", hub.tftp().port())));
            DatagramPacket first = new DatagramPacket(new byte[600], 600);
            socket.receive(first);
            byte[] enough = "\0\5\0\0\0".getBytes(ISO_8859_1);
            socket.send(new DatagramPacket(enough, enough.length, first.getSocketAddress()));
        }
    }

    @Test
    void answers_forKnownAndUnknown_areTheSameByteForByte() throws Exception {
        for (Door door : new Door[] {Door.HTTP, Door.HTTPS, Door.LEGACY}) {
            for (String name : new String[] {"/spa%s.cfg", "/%s.xml", "/Cisco/SPA508G/%s.cfg", "/b/508G/%s.cfg"}) {
                assertThat(door.get(hub, String.format(name, KNOWN), ""))
                        .isEqualTo(door.get(hub, String.format(name, UNKNOWN), ""));
            }
        }
    }

    @Test
    void certificateOfAnotherAuthority_causesNoLookAtDevices() throws Exception {
        ExternalProgram.require("curl");
        KeyAndChain forged = HubCertificates.open(folder.resolve("other-ca"), Clock.systemUTC(), new SecureRandom())
                .issueDevice(new MacAddress(KNOWN), "CBT141400UK", "SPA508G");
        Path certificate = Files.writeString(folder.resolve("forged.crt"), forged.chainPem());
        SecretFile.write(folder.resolve("forged.key"), forged.keyPem());

        String answer = ExternalProgram.run(
                        null,
                        "curl",
                        "-s",
                        "-k",
                        "-i",
                        "--cert",
                        certificate.toString(),
                        "--key",
                        folder.resolve("forged.key").toString(),
                        hub.httpsUrl() + "/b/508G/" + KNOWN + ".cfg")
                .text();

        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(statementsOnDevices()).isEmpty();
    }

    @Test
    void directory_knownOrNot_isLookedUpByTheSameStatement() throws Exception {
        String own = ownDirectory();
        forgetStatements();
        assertThat(Door.HTTP.get(hub, "/p/" + "a".repeat(own.length()) + "/0/1/profile.cfg", ""))
                .startsWith("HTTP/1.1 404 ");
        Map<String, Integer> ofUnknown = statementsOnDevices();
        forgetStatements();
        assertThat(Door.HTTP.get(hub, "/p/" + own + "/0/1/profile.cfg", "")).startsWith("HTTP/1.1 200 ");
        Map<String, Integer> ofKnown = statementsOnDevices();

        assertThat(ofUnknown).hasSize(1).containsValue(1);
        assertThat(ofKnown).containsAllEntriesOf(ofUnknown);
    }

    private static String ownDirectory() throws Exception {
        ExternalProgram.require("curl");
        DeviceFiles.issue(hub, folder.resolve("phone"), new MacAddress(KNOWN), "CBT141400UK", "SPA508G");
        String profile = ExternalProgram.run(
                        null,
                        "curl",
                        "-s",
                        "-k",
                        "--cert",
                        folder.resolve("phone/device.crt").toString(),
                        "--key",
                        folder.resolve("phone/device.key").toString(),
                        hub.httpsUrl() + "/b/508G/" + KNOWN + ".cfg")
                .text();
        Matcher found = Pattern.compile("/p/([a-z2-7]{26,})/").matcher(profile);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
