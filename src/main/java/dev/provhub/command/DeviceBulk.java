package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of the commands that do the same to one device or to all that a filter means, and how they go on. */
final class DeviceBulk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACTIONS = "/api/v1/devices/actions";
    private static final long BETWEEN_LOOKS_NANOS = 200_000_000;
    private static final int DONE = 200;

    @Option(names = "--filter", paramLabel = "FILTER", description = "all devices that it means, instead of one")
    private @Nullable String filter;

    @ArgGroup
    private Sureness sureness = new Sureness();

    /** One of these, or none. */
    static final class Sureness {
        @Option(names = "--dry-run", description = "only says which devices it would be done to")
        private boolean dryRun;

        @Option(
                names = "--confirm",
                paramLabel = "N",
                description = "how many devices it is done to; needed for more than 100")
        private @Nullable Long confirm;
    }

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    boolean isOverFilter() {
        return filter != null;
    }

    /**
     * Does it.
     *
     * @param mac  the one device; null when a filter is given
     * @param body with the action and what belongs to it
     */
    int run(DeviceCommand parent, CommandSpec spec, @Nullable String mac, ObjectNode body) {
        if ((mac == null) == (filter == null)) {
            throw new ParameterException(spec.commandLine(), "a MAC or --filter is needed, and not both");
        }
        body.put("filter", mac == null ? filter : "mac=" + parent.address(mac));
        AdministrationClient client = parent.client();
        if (mac != null && client.get("/api/v1/devices/" + parent.address(mac)).status() != DONE) {
            System.err.println("hub: there is no device " + parent.address(mac));
            return 1;
        }
        if (sureness.dryRun) {
            body.put("dryRun", true);
        }
        if (sureness.confirm != null) {
            body.put("confirm", sureness.confirm);
        }
        AdministrationClient.Answer answer =
                client.post(ACTIONS, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
        if (DeviceFilterOutput.isRefused(answer)) {
            int exit = DeviceFilterOutput.complain(answer, filter);
            JsonNode count = DeviceFilterOutput.tree(answer.body()).path("count");
            if (count.isNumber()) {
                System.err.println("  when you mean these: --confirm " + count.asLong());
            }
            return exit;
        }
        JsonNode begun = DeviceFilterOutput.tree(answer.body());
        if (sureness.dryRun) {
            System.out.println(json ? begun.toPrettyString() : tried(begun));
            return 0;
        }
        return awaited(client, begun);
    }

    private static String tried(JsonNode dry) {
        StringBuilder text = new StringBuilder(dry.path("count").asLong() + " devices");
        dry.path("devices").forEach(device -> text.append(System.lineSeparator())
                .append("  ")
                .append(device.path("mac").asText())
                .append("  ")
                .append(device.path("model").asText()));
        if (dry.path("devices").size() < dry.path("count").asLong()) {
            text.append(System.lineSeparator()).append("  …");
        }
        return text.toString();
    }

    private int awaited(AdministrationClient client, JsonNode begun) {
        String path = "/api/v1/jobs/" + begun.path("id").asText();
        JsonNode job = begun;
        while (job.path("state").asText().equals("running")) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
            AdministrationClient.Answer answer = client.get(path);
            if (DeviceFilterOutput.isRefused(answer)) {
                return DeviceFilterOutput.complain(answer, null);
            }
            job = DeviceFilterOutput.tree(answer.body());
        }
        System.out.println(json ? job.toPrettyString() : DeviceJobsCommand.line(job));
        boolean good =
                job.path("state").asText().equals("done") && job.path("failed").asLong() == 0;
        return good ? 0 : 1;
    }

    static ObjectNode action(String name) {
        return JSON.createObjectNode().put("action", name);
    }
}
