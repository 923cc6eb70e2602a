package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub claim …}: which devices belong to which tenant. */
@Command(
        name = "claim",
        description = "Says which devices belong to which tenant, before anybody orders a line of them.",
        mixinStandardHelpOptions = true,
        subcommands = {ClaimCommand.Import.class, ClaimCommand.Show.class, ClaimCommand.Remove.class})
final class ClaimCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/claims";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "import, list or remove is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    private static int complain(AdministrationClient.Answer answer) {
        String detail = "";
        try {
            detail = JSON.readTree(answer.body()).path("detail").asText();
        } catch (JsonProcessingException e) {
            // Told by its status alone
        }
        System.err.println("hub: " + (detail.isEmpty() ? "the hub answered " + answer.status() : detail));
        return 1;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Command(
            name = "import",
            description =
                    "Takes claims from a CSV file with the columns mac, serial, from and to, tenant. Prints the rows that"
                            + " failed; exit code 1 when any did.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private ClaimCommand parent;

        @Parameters(paramLabel = "FILE", description = "CSV; each row succeeds or fails alone")
        private Path file = Path.of("");

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                throw new ParameterException(parent.spec.commandLine(), file + " cannot be read");
            }
            AdministrationClient.Answer answer = parent.client().post(PATH, "text/csv", Files.readAllBytes(file));
            if (answer.status() != OK) {
                return complain(answer);
            }
            List<String> rows = answer.body().lines().skip(1).toList();
            List<String> failed =
                    rows.stream().filter(row -> row.contains(",failed,")).toList();
            failed.forEach(row -> System.out.println("row " + row.replaceFirst(",failed,", ": ")));
            System.out.println((rows.size() - failed.size()) + " rows are claimed, " + failed.size() + " failed");
            return failed.isEmpty() ? 0 : 1;
        }
    }

    @Command(name = "list", description = "Lists claims, oldest first.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private ClaimCommand parent;

        @Option(names = "--tenant", paramLabel = "TENANT", description = "only of this tenant")
        private @Nullable String tenant;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            AdministrationClient client = parent.client();
            ArrayNode all = JSON.createArrayNode();
            JsonNode next = JSON.getNodeFactory().numberNode(0);
            while (!next.isNull()) {
                String query = "?after=" + next.asText() + (tenant == null ? "" : "&tenant=" + encoded(tenant));
                AdministrationClient.Answer answer = client.get(PATH + query);
                if (answer.status() != OK) {
                    return complain(answer);
                }
                JsonNode page = JSON.readTree(answer.body());
                page.path("claims").forEach(all::add);
                next = page.path("next");
            }
            System.out.println(json ? all.toPrettyString() : text(all));
            return 0;
        }

        private static String text(ArrayNode claims) {
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode claim : claims) {
                String device = claim.has("mac")
                        ? claim.path("mac").asText()
                        : claim.has("serial")
                                ? "serial " + claim.path("serial").asText()
                                : claim.path("from").asText() + " to "
                                        + claim.path("to").asText();
                rows.add(List.of(
                        device,
                        claim.path("tenant").asText(),
                        claim.path("since").asText()));
            }
            return TextTable.of(List.of("device", "tenant", "since"), rows).stripTrailing();
        }
    }

    @Command(
            name = "remove",
            description = "Takes a claim away. Devices that it has made a tenant's stay so.",
            mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private ClaimCommand parent;

        @Option(names = "--mac", paramLabel = "MAC")
        private @Nullable String mac;

        @Option(names = "--serial", paramLabel = "SERIAL")
        private @Nullable String serial;

        @Option(names = "--from", paramLabel = "MAC", description = "first of a range")
        private @Nullable String from;

        @Option(names = "--to", paramLabel = "MAC", description = "last of a range")
        private @Nullable String to;

        @Override
        public Integer call() {
            StringBuilder query = new StringBuilder();
            add(query, "mac", mac);
            add(query, "serial", serial);
            add(query, "from", from);
            add(query, "to", to);
            AdministrationClient.Answer answer = parent.client().delete(PATH + query);
            return answer.status() == NO_CONTENT ? 0 : complain(answer);
        }

        private static void add(StringBuilder query, String name, @Nullable String value) {
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(value));
            }
        }
    }
}
