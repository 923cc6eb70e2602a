package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub audit}: who has changed what. */
@Command(
        name = "audit",
        description = "Shows who has changed what, or has seen a secret, newest first.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--limit", paramLabel = "N", description = "how many entries, 1 to 1000; 100 when missing")
    private int limit = 100;

    @Option(names = "--before", paramLabel = "ID", description = "only what is older than this entry")
    private @Nullable Long before;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        String query = "?limit=" + limit + (before == null ? "" : "&before=" + before);
        return ApiOutput.print(hub.client().get("/api/v1/audit" + query), json, AuditCommand::table);
    }

    private static String table(JsonNode body) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : body.path("entries")) {
            rows.add(List.of(
                    entry.path("id").asText(),
                    entry.path("time").asText(),
                    entry.path("who").asText(),
                    entry.path("what").asText()));
        }
        return TextTable.of(List.of("id", "time", "who", "what"), rows);
    }
}
