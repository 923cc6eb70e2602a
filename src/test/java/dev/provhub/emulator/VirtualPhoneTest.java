package dev.provhub.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.provhub.emulator.PhoneModel.FirmwareKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualPhoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

    private final PhoneThreads threads = new PhoneThreads(4);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<String> userAgents = new CopyOnWriteArrayList<>();
    private final List<PhoneEvent> events = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            userAgents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
            byte[] body = files.get(path);
            if (path.startsWith("/moved")) {
                exchange.getResponseHeaders().add("Location", path.substring("/moved".length()));
                exchange.sendResponseHeaders(302, -1);
            } else if (body == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                // Length 0 makes the server send chunks
                exchange.sendResponseHeaders(200, path.endsWith(".cfg") ? 0 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static byte[] profile(Map<String, String> values) {
        StringBuilder xml = new StringBuilder("<flat-profile>");
        values.forEach((name, value) -> xml.append("<%s>%s</%s>".formatted(name, value.replace("&", "&amp;"), name)));
        return xml.append("</flat-profile>").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sealed(byte[] plain, String pass) throws GeneralSecurityException {
        byte[] keyAndIv = OpenSslBody.derive("MD5", pass.getBytes(StandardCharsets.US_ASCII), SALT);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(keyAndIv, 0, 32, "AES"),
                new IvParameterSpec(Arrays.copyOfRange(keyAndIv, 32, 48)));
        byte[] ciphertext = cipher.doFinal(plain);
        byte[] body = Arrays.copyOf("Salted__".getBytes(StandardCharsets.US_ASCII), 16 + ciphertext.length);
        System.arraycopy(SALT, 0, body, 8, 8);
        System.arraycopy(ciphertext, 0, body, 16, ciphertext.length);
        return body;
    }

    private VirtualPhone phone(PhoneModel model, String mac, String version) {
        return VirtualPhone.builder(model)
                .mac(mac)
                .serial("88012BA01234")
                .softwareVersion(version)
                .dhcpOption(base)
                .clock(threads.clock(200))
                .listener((phone, event) -> events.add(event))
                .build();
    }

    private List<PhoneEvent> ofType(Class<? extends PhoneEvent> type) {
        return events.stream().filter(type::isInstance).toList();
    }

    @Test
    void start_bootstrapThenSealedThenTwoImages_walked() throws Exception {
        files.put(
                "/spa504G.cfg",
                profile(Map.of(
                        "GPP_A",
                        "k3y",
                        "Resync_Periodic",
                        "30",
                        "Resync_Random_Delay",
                        "0",
                        "Profile_Rule",
                        "[--key $(A)] " + base + "/moved/p/$(MA).cfg")));
        files.put(
                "/p/0002fdff2103.cfg",
                sealed(
                        profile(Map.of(
                                "User_ID_1_",
                                "4711",
                                "Resync_Periodic",
                                "60+10",
                                "Upgrade_Rule",
                                "($SWVER lt 7.5.2b)? %s/a.bin | ($SWVER lt 7.6.2f)? %s/b.bin".replace("%s", base))),
                        "k3y"));
        files.put("/a.bin", FirmwareImages.image(FirmwareKind.SKOSMO5, "7.5.2b", 100_000));
        files.put("/b.bin", FirmwareImages.image(FirmwareKind.SKOSMO5, "7.6.2f", 200_000));
        try (VirtualPhone phone = phone(PhoneModel.SPA504G, "0002fdff2103", "7.4.8a")) {
            phone.start();
            assertThat(phone.awaitUntil(p -> p.softwareVersion().equals("7.6.2f"), PATIENCE))
                    .as("%s", events)
                    .isTrue();
            int before = ofType(PhoneEvent.Resynced.class).size();
            assertThat(phone.awaitUntil(p -> ofType(PhoneEvent.Resynced.class).size() > before + 1, PATIENCE))
                    .isTrue();
            assertThat(phone.parameter("User_ID_1_")).contains("4711");
        }
        assertThat(ofType(PhoneEvent.Upgraded.class))
                .containsExactly(
                        new PhoneEvent.Upgraded("7.4.8a", "7.5.2b", "http"),
                        new PhoneEvent.Upgraded("7.5.2b", "7.6.2f", "http"));
        assertThat(ofType(PhoneEvent.ResyncFailed.class)).isEmpty();
        assertThat(userAgents)
                .contains(
                        "Cisco/SPA504G-7.4.8a (0002FDFF2103)(88012BA01234)",
                        "Cisco/SPA504G-7.6.2f (0002FDFF2103)(88012BA01234)");
    }

    @Test
    void start_nothingThere_walksTheRetryListUntilItIs() throws Exception {
        try (VirtualPhone phone = phone(PhoneModel.CP_8841_3PCC, "00562b043615", "sip88xx.11-0-1MPP-376")) {
            phone.start();
            assertThat(phone.awaitUntil(
                            p -> ofType(PhoneEvent.ResyncFailed.class).size() == 2, PATIENCE))
                    .isTrue();
            files.put("/8841-3PCC.xml", profile(Map.of("GPP_B", "1")));
            assertThat(phone.awaitUntil(p -> p.parameter("GPP_B").isPresent(), PATIENCE))
                    .isTrue();
        }
        assertThat(events.get(1)).isEqualTo(new PhoneEvent.ResyncFailed("file not found"));
    }

    @Test
    void start_twelvePhonesAtOnce_allServedAndClosedQuickly() throws Exception {
        files.put("/spa942.cfg", profile(Map.of("GPP_B", "$MA", "Resync_Periodic", "5")));
        List<VirtualPhone> phones = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            phones.add(phone(PhoneModel.SPA942, "000e08aabb%02x".formatted(i), "6.1.5(a)"));
        }
        phones.forEach(VirtualPhone::start);
        for (VirtualPhone phone : phones) {
            assertThat(phone.awaitUntil(p -> p.parameter("GPP_B").isPresent(), PATIENCE))
                    .isTrue();
        }
        long closing = System.nanoTime();
        phones.forEach(VirtualPhone::close);
        assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(1));
    }
}
