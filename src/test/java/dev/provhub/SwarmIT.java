package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./hub swarm} against a whole hub, with the mix that the docs show. */
class SwarmIT {
    private static final Path MIX = Path.of("docs/examples/mix.yaml");
    private static final int PHONES = 60;

    @TempDir
    private Path folder;

    private HubUnderTest hub;

    @BeforeEach
    void start() throws Exception {
        hub = HubUnderTest.start(folder.resolve("data"), Map.of());
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private record Ended(int exit, String output) {
        /** The report, behind the progress that goes to standard error. */
        JsonNode report() throws IOException {
            return new ObjectMapper().readTree(output.substring(output.indexOf("{\n")));
        }
    }

    private Ended swarm(Path mix, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "swarm",
                "--phones",
                Integer.toString(PHONES),
                "--mix",
                mix.toString(),
                "--server",
                hub.hub().publicAddresses().http(),
                "--time-scale",
                "30",
                "--for",
                "60"));
        all.addAll(List.of(more));
        try (HubProcess process = HubProcess.start(
                folder,
                Map.of("hub.data", folder.resolve("data").toString(), "hub.log.level", "warn"),
                all.toArray(String[]::new))) {
            return new Ended(process.awaitEnd(Duration.ofSeconds(120)), process.output());
        }
    }

    private void order(Path mix) throws Exception {
        Path orders = folder.resolve("orders.csv");
        assertThat(swarm(mix, "--orders", orders.toString()).exit()).isZero();
        String answer = hub.post("/api/v1/imports", "text/csv", Files.readString(orders))
                .body();
        assertThat(answer.lines().filter(line -> line.contains(",ok,"))).hasSize(PHONES);
    }

    @Test
    void region_afterAPowerFailure_endsWithEachPhoneHoldingItsOwn() throws Exception {
        order(MIX);
        Path states = folder.resolve("states.gz");

        Ended first = swarm(MIX, "--json", "--state", states.toString());

        assertThat(first.exit()).as(first.output()).isZero();
        JsonNode report = first.report();
        assertThat(report.path("arrived").asInt()).isEqualTo(PHONES);
        assertThat(report.path("wrong").asInt()).isZero();
        assertThat(report.path("resyncs").asInt()).isEqualTo(3 * PHONES);
        assertThat(report.path("traffic").findValuesAsText("transport")).contains("http", "https");
        assertThat(report.path("cost").path("heapBytes").asLong()).isPositive();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(states)))
                .isEqualTo("rw-------");

        Path steady = Files.writeString(
                folder.resolve("steady.yaml"),
                Files.readString(MIX).replace("scenario: power-failure", "scenario: steady\nover: 60"));
        Ended second = swarm(steady, "--json", "--state", states.toString());

        assertThat(second.exit()).as(second.output()).isZero();
        assertThat(second.report().path("resyncs").asInt())
                .as("they hold their keys already")
                .isEqualTo(PHONES);
    }

    @Test
    void wrongProfile_isFoundByItsContentAndNotByItsStatus() throws Exception {
        order(MIX);
        Path wrong = Files.writeString(
                folder.resolve("wrong.yaml"),
                Files.readString(MIX).replace("Display_Name_1_: Flat ${number}", "Display_Name_1_: Flat ${mac}"));

        Ended ended = swarm(wrong);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        PHONES + " arrived",
                        PHONES + " hold something else than they must (Display_Name_1_ of " + PHONES + ")");
    }

    @Test
    void mistakes_areToldWithFileAndWhatIsAllowed() throws Exception {
        Path mix =
                Files.writeString(folder.resolve("mix.yaml"), "first-mac: 02a000000000\nphones:\n  - model: SPA999\n");

        Ended ended = swarm(mix);

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output()).contains("mix.yaml:3", "'SPA999' is no model that can be played");
    }
}
