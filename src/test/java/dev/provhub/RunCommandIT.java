package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./hub run} as an operator meets it. */
class RunCommandIT {
    @TempDir
    private Path folder;

    @Test
    void firstStart_makesWhatItNeedsReadableByNobodyElse_andSaysSo() throws Exception {
        Path data = folder.resolve("data");
        try (HubProcess hub = HubProcess.start(folder, HubUnderTest.settings(data, Map.of()), "run")) {
            hub.awaitReady();

            assertThat(hub.output()).contains("master key", "development CA", "admin.token");
            for (String secret : new String[] {"admin.token", "master.key"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                        .isEqualTo("rw-------");
            }
            assertThat(hub.output())
                    .doesNotContain(
                            Files.readString(data.resolve("admin.token")).strip());
            assertThat(hub.terminate()).isIn(0, 143);
            assertThat(hub.output()).contains("Hub stopped");
        }
    }

    @Test
    void takenPort_isOneLineAndExitCode2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Map<String, String> settings =
                    HubUnderTest.settings(folder.resolve("data"), Map.of("hub.http.port", "" + taken.getLocalPort()));
            try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
                assertThat(hub.awaitEnd(Duration.ofSeconds(30))).isEqualTo(2);
                assertThat(hub.output().strip().lines())
                        .singleElement()
                        .asString()
                        .startsWith("hub: hub.http.port = " + taken.getLocalPort());
            }
        }
    }

    @Test
    void badSetting_isOneLineAndExitCode2() throws Exception {
        Map<String, String> settings = HubUnderTest.settings(folder.resolve("data"), Map.of("hub.tftp.port", "69x"));
        try (HubProcess hub = HubProcess.start(folder, settings, "run")) {
            assertThat(hub.awaitEnd(Duration.ofSeconds(30))).isEqualTo(2);
            assertThat(hub.output().strip())
                    .isEqualTo("hub: hub.tftp.port = 69x is not allowed; allowed: a whole number from 0 to 65535");
        }
    }

    @Test
    void badRoute_isNamedByCheckAndStopsTheStart() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("do-this.camel.yaml"), "- route:\n    id: do-this\n    from: nowhere\n");
        Map<String, String> settings = HubUnderTest.settings(folder.resolve("data"), Map.of());

        try (HubProcess check = HubProcess.start(folder, settings, "check", routes.toString())) {
            assertThat(check.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(check.output()).contains("do-this.camel.yaml:");
        }
        try (HubProcess hub = HubProcess.start(folder, settings, "run", "--routes", routes.toString())) {
            assertThat(hub.awaitEnd(Duration.ofSeconds(60))).isEqualTo(2);
        }
    }
}
