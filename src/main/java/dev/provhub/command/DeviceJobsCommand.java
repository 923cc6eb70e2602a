package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub device actions}: what was done to many devices, and how far that is. */
@Command(
        name = "actions",
        description = "Lists what was done to many devices in the last 7 days, the newest first, and how far that is.",
        mixinStandardHelpOptions = true)
final class DeviceJobsCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "only this one")
    private @Nullable String id;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        String path = "/api/v1/jobs" + (id == null ? "" : "/" + id.replaceAll("[^A-Za-z0-9]", ""));
        return ApiOutput.print(
                parent.client().get(path), json, body -> id == null ? table(body.path("jobs")) : line(body));
    }

    /** One job in a line. */
    static String line(JsonNode job) {
        String reason = job.path("reason").asText("");
        return job.path("action").asText() + " " + job.path("state").asText() + ": "
                + job.path("done").asLong() + " of " + job.path("total").asLong() + " devices, "
                + job.path("changed").asLong() + " changed, "
                + job.path("failed").asLong() + " failed"
                + (job.path("reason").isNull() || reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static String table(JsonNode jobs) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode job : jobs) {
            rows.add(List.of(
                    job.path("id").asText(),
                    job.path("started").asText().replaceFirst("\\.\\d+Z$", "Z"),
                    job.path("action").asText(),
                    job.path("state").asText(),
                    job.path("done").asText() + "/" + job.path("total").asText(),
                    job.path("changed").asText(),
                    job.path("failed").asText(),
                    job.path("who").asText(),
                    job.path("filter").asText()));
        }
        return rows.isEmpty()
                ? "nothing was done to many devices"
                : TextTable.of(
                        List.of("id", "started", "action", "state", "done", "changed", "failed", "who", "filter"),
                        rows);
    }
}
