package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.MacAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device notify}, {@code resync}, {@code notifications}: phones are told to do something now. */
final class NotifyCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDED = Set.of("delivered", "failed");
    /** A little more than the hub takes at most: some lines of 32 s each. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long STEP_MILLIS = 500;

    private NotifyCommands() {}

    private static int ask(AdministrationClient hub, MacAddress mac, String path, byte[] body, boolean wait) {
        String device = "/api/v1/devices/" + mac;
        Optional<JsonNode> asked = ApiOutput.body(hub.post(device + path, "application/json", body));
        if (asked.isEmpty()) {
            return 1;
        }
        long id = asked.get().path("id").asLong();
        if (!wait) {
            System.out.println("waiting as " + id + " (./hub device notifications " + mac + ")");
            return 0;
        }
        for (long waited = 0; waited < PATIENCE.toMillis(); waited += STEP_MILLIS) {
            Optional<JsonNode> ended = ended(hub, device, id);
            if (ended.isPresent()) {
                System.out.println(ended.get().path("state").asText() + ": "
                        + ended.get().path("outcome").asText());
                return ended.get().path("state").asText().equals("delivered") ? 0 : 1;
            }
            pause();
        }
        System.err.println("hub: no outcome yet of " + id);
        return 1;
    }

    private static Optional<JsonNode> ended(AdministrationClient hub, String device, long id) {
        for (JsonNode one : ApiOutput.body(hub.get(device + "/notifications"))
                .map(body -> body.path("notifications"))
                .orElse(JSON.createArrayNode())) {
            if (one.path("id").asLong() == id
                    && ENDED.contains(one.path("state").asText())) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Command(
            name = "notify",
            description = "Tells a device by SIP NOTIFY to resync, reboot or report.",
            mixinStandardHelpOptions = true)
    static final class Notify implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--action", required = true, paramLabel = "ACTION", description = "resync, reboot or report")
        private String action = "";

        @Option(
                names = "--to",
                paramLabel = "ADDRESS",
                description = "where to send it, host[:port][;transport=udp|tcp]; default: as hub.notify.proxy says")
        private @Nullable String to;

        @Option(names = "--wait", description = "waits for the outcome; exit code 1 when it was not delivered")
        private boolean wait;

        @Override
        public Integer call() {
            ObjectNode body = JSON.createObjectNode().put("action", action);
            if (to != null) {
                body.put("to", to);
            }
            byte[] json = body.toString().getBytes(StandardCharsets.UTF_8);
            return ask(parent.hub().client(), parent.address(mac), "/notify", json, wait);
        }
    }

    @Command(
            name = "resync",
            description = "Tells a device, or all that a filter means, by SIP NOTIFY to ask for their profiles now.",
            mixinStandardHelpOptions = true)
    static final class Resync implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Mixin
        private DeviceBulk bulk = new DeviceBulk();

        @Parameters(arity = "0..1", paramLabel = "MAC", description = "in any notation")
        private @Nullable String mac;

        @Option(
                names = "--wait",
                description = "of one device: waits for the outcome; exit code 1 when it was not delivered")
        private boolean wait;

        @Override
        public Integer call() {
            if (mac == null || bulk.isOverFilter()) {
                return bulk.run(parent, spec, mac, DeviceBulk.action("resync"));
            }
            return ask(parent.hub().client(), parent.address(mac), "/resync", new byte[0], wait);
        }
    }

    @Command(
            name = "notifications",
            description = "Lists the newest NOTIFYs to a device and what became of them.",
            mixinStandardHelpOptions = true)
    static final class Shown implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            AdministrationClient hub = parent.hub().client();
            return ApiOutput.print(
                    hub.get("/api/v1/devices/" + parent.address(mac) + "/notifications"), json, Shown::table);
        }

        private static String table(JsonNode body) {
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode one : body.path("notifications")) {
                rows.add(List.of(
                        one.path("id").asText(),
                        one.path("changed").asText(),
                        one.path("action").asText(),
                        one.path("state").asText(),
                        one.path("askedBy").asText(),
                        one.path("outcome").asText("").replace("null", "")));
            }
            return TextTable.of(List.of("id", "changed", "action", "state", "asked by", "outcome"), rows);
        }
    }
}
