package dev.provhub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Too many requests: who proves itself is told to come back later, who does not costs next to nothing, and others are served. */
@Isolated("measures the heap of this JVM")
class FloodIT {
    private static final int NAMES = 10_000;
    private static final int SENDERS = 4;
    private static final long BOUNDED_BYTES = 64L * 1024 * 1024;

    private static final MacAddress FIRST = new MacAddress("0002fdff2103");
    private static final MacAddress SECOND = new MacAddress("0002fdff2104");

    @TempDir
    private Path folder;

    private static void askFor(HubUnderTest hub, String prefix, int count) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", Door.HTTP.of(hub).port())) {
            socket.setSoTimeout(60_000);
            byte[] buffer = new byte[4096];
            for (int i = 0; i < count; i++) {
                String name = "/" + prefix + Integer.toHexString(i * 31) + "/" + "x".repeat(100) + i;
                socket.getOutputStream().write(("GET " + name + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(ISO_8859_1));
                String answer = "";
                while (!answer.endsWith("\r\n\r\n")) {
                    int read = socket.getInputStream().read(buffer);
                    assertThat(read).as("answer to name %s", i).isPositive();
                    answer += new String(buffer, 0, read, ISO_8859_1);
                }
                assertThat(answer).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    private static void askForOverTftp(HubUnderTest hub, String prefix, int count) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(60_000);
            for (int i = 0; i < count; i++) {
                assertThat(tftp(socket, hub, prefix + i)).startsWith("\0\5\0\1");
            }
        }
    }

    private static String tftp(DatagramSocket socket, HubUnderTest hub, String name) throws IOException {
        byte[] bytes = ("\0\1" + name + "\0octet\0").getBytes(ISO_8859_1);
        socket.send(new DatagramPacket(
                bytes,
                bytes.length,
                new InetSocketAddress("127.0.0.1", hub.tftp().port())));
        DatagramPacket answer = new DatagramPacket(new byte[600], 600);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), ISO_8859_1);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void randomNames_tenThousand_costBoundedMemoryAndDelayNobody() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            long begin = System.nanoTime();
            askFor(hub, "warm", 500);
            askForOverTftp(hub, "warm", 100);
            long before = usedHeap();

            List<Future<?>> flood = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String prefix = "s" + sender;
                flood.add(senders.submit(() -> {
                    askFor(hub, prefix, NAMES / SENDERS);
                    return prefix;
                }));
            }
            flood.add(senders.submit(() -> {
                askForOverTftp(hub, "t", NAMES / 10);
                return "t";
            }));
            int served = 0;
            do {
                assertThat(Door.HTTP.get(hub, "/spa508G.cfg", "")).contains("<flat-profile>");
                served++;
            } while (!flood.stream().allMatch(Future::isDone));
            for (Future<?> sender : flood) {
                sender.get();
            }

            assertThat(served).isPositive();
            assertThat(usedHeap() - before).isLessThan(BOUNDED_BYTES);
            // 6,000 at once and 100 more in each second are written down, and no phone's contact is lost for them
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
            assertThat(contacts(hub, "what like '%/xx%' or what like 't%' or what like 'warm%'"))
                    .isLessThanOrEqualTo((int) (6_000 + 100 * seconds));
        } finally {
            senders.shutdownNow();
        }
    }

    private static int contacts(HubUnderTest hub, String condition) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(hub.config().database().url(), "hub", "");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from device_event where " + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void healthyPhone_thatTriesAllItsDefaultPaths_isServedAtEach() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            for (int round = 0; round < 20; round++) {
                for (String unknown : new String[] {"/a.cfg", "/b.cfg", "/c.cfg", "/d.xml", "/e", "/f", "/g", "/h"}) {
                    assertThat(Door.HTTP.get(hub, unknown, "")).startsWith("HTTP/1.1 404 ");
                }
                assertThat(Door.HTTP.get(hub, "/spa508G.cfg", "")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void device_thatAsksTooOften_isToldToComeBackAndNobodyElse() throws Exception {
        ExternalProgram.require("curl");
        Map<String, String> limits = Map.of("hub.limit.key-requests", "5", "hub.limit.profile-requests", "5");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), limits)) {
            String order = Files.readString(Path.of("docs/examples/order.json"));
            hub.order(order);
            hub.order(order.replace("CRM-4711", "CRM-4712")
                    .replace("0002FDFF2103", "0002FDFF2104")
                    .replace("CBT141400UK", "CBT141400UL"));
            DeviceFiles.issue(hub, folder.resolve("first"), FIRST, "CBT141400UK", "SPA508G");
            DeviceFiles.issue(hub, folder.resolve("second"), SECOND, "CBT141400UL", "SPA508G");

            String own = "";
            for (int i = 0; i < 5; i++) {
                String answer = underProof(hub, "first", FIRST);
                assertThat(answer).startsWith("HTTP/1.1 200 ");
                own = ownProfile(answer);
            }
            assertThat(underProof(hub, "first", FIRST))
                    .startsWith("HTTP/1.1 503 ")
                    .endsWith("\r\n\r\n");
            assertThat(Door.HTTPS.get(hub, "/spa508G.cfg", "")).startsWith("HTTP/1.1 200 ");

            for (int i = 0; i < 5; i++) {
                assertThat(Door.HTTP.get(hub, own, "")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(Door.HTTP.get(hub, own, "")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\n");
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(10_000);
                assertThat(tftp(socket, hub, own)).isEqualTo("\0\5\0\0Server error\0");
            }

            String others = underProof(hub, "second", SECOND);
            assertThat(others).startsWith("HTTP/1.1 200 ");
            assertThat(Door.HTTP.get(hub, ownProfile(others), "")).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String ownProfile(String keyProfile) {
        Matcher directory = Pattern.compile("/p/([a-z2-7]{26,})/").matcher(keyProfile);
        assertThat(directory.find()).isTrue();
        return "/p/" + directory.group(1) + "/0/1/profile.cfg";
    }

    private String underProof(HubUnderTest hub, String who, MacAddress mac) throws Exception {
        return ExternalProgram.run(
                        null,
                        "curl",
                        "-s",
                        "-k",
                        "-i",
                        "--cert",
                        folder.resolve(who + "/device.crt").toString(),
                        "--key",
                        folder.resolve(who + "/device.key").toString(),
                        hub.httpsUrl() + "/b/508G/" + mac + ".cfg")
                .text();
    }
}
