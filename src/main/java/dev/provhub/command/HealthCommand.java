package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.config.IllegalConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub health}: how the running hub is, and why. */
@Command(
        name = "health",
        description = {
            "Shows every check of the running hub with its state and the reason.",
            "Exit code 0: all is well, 1: something is degraded, 2: down, or no hub answers."
        },
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final int DEGRADED = 1;
    private static final int DOWN = 2;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        try {
            AdministrationClient.Answer answer = hub.client().get("/api/v1/health");
            Optional<JsonNode> body = ApiOutput.body(answer);
            body.ifPresent(report ->
                    System.out.print(json ? report.toPrettyString() + System.lineSeparator() : table(report)));
            return body.map(HealthCommand::exitCode).orElse(DOWN);
        } catch (IllegalConfigurationException e) {
            System.err.println("hub: " + e.getMessage());
            return DOWN;
        }
    }

    private static int exitCode(JsonNode report) {
        return switch (report.path("status").asText()) {
            case "UP" -> 0;
            case "DEGRADED" -> DEGRADED;
            default -> DOWN;
        };
    }

    private static String table(JsonNode report) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            rows.add(List.of(
                    check.path("name").asText(),
                    check.path("state").asText(),
                    check.path("reason").asText("")));
        }
        return TextTable.of(List.of("check", "state", "reason"), rows);
    }
}
