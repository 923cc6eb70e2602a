package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub device report} and {@code drift}: what a device says of itself, and how it differs from what it was given. */
final class DeviceReportCommands {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeviceReportCommands() {}

    @Command(
            name = "report",
            description = "Shows the latest report of a device; secrets are masked.",
            mixinStandardHelpOptions = true)
    static final class Report implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--kind", paramLabel = "KIND", description = "full (when missing), delta or status")
        private String kind = "full";

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            String path = "/api/v1/devices/" + parent.address(mac) + "/report?kind=" + ApiOutput.encoded(kind);
            return ApiOutput.print(parent.hub().client().get(path), json, DeviceReportCommands::report);
        }
    }

    @Command(
            name = "drift",
            description = {
                "Shows what was changed on the phone itself, and what becomes of it.",
                "With --restore or --keep: decides about what the policy asks for."
            },
            mixinStandardHelpOptions = true)
    static final class Drift implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @ArgGroup
        private Decision decision = new Decision();

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        /** One of these, or none. */
        static final class Decision {
            @Option(names = "--restore", paramLabel = "PARAMETER", description = "sets again what was given")
            private @Nullable String restore;

            @Option(names = "--keep", paramLabel = "PARAMETER", description = "keeps what the phone has")
            private @Nullable String keep;
        }

        @Override
        public Integer call() {
            AdministrationClient client = parent.hub().client();
            String path = "/api/v1/devices/" + parent.address(mac) + "/drift";
            String parameter = decision.restore != null ? decision.restore : decision.keep;
            AdministrationClient.Answer answer = parameter == null
                    ? client.get(path)
                    : client.post(
                            path,
                            "application/json",
                            JSON.createObjectNode()
                                    .put("parameter", parameter)
                                    .put("decision", decision.restore != null ? "restore" : "keep")
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8));
            return ApiOutput.print(answer, json, DeviceReportCommands::drift);
        }
    }

    private static String report(JsonNode body) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : body.path("entries")) {
            rows.add(List.of(
                    entry.path("group").asText(""),
                    entry.path("name").asText(),
                    entry.path("value").asText()));
        }
        return "received " + body.path("received").asText() + ", revision "
                + body.path("revision").asText("none") + "\n"
                + TextTable.of(List.of("group", "parameter", "value"), rows);
    }

    private static String drift(JsonNode body) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : body.path("drift")) {
            rows.add(List.of(
                    one.path("parameter").asText(),
                    one.path("given").asText(),
                    one.path("found").asText(),
                    one.path("policy").asText() + (one.path("undecided").asBoolean() ? ", undecided" : ""),
                    one.path("since").asText()));
        }
        return rows.isEmpty()
                ? "Nothing differs."
                : TextTable.of(List.of("parameter", "given", "on the phone", "policy", "since"), rows);
    }
}
