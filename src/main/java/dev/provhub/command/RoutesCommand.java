package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub routes …}: the routes of a running hub. */
@Command(
        name = "routes",
        description = "Shows the routes that run, with file and line, and what is wrong with the files as they are.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RoutesCommand.Show.class,
            RoutesCommand.Start.class,
            RoutesCommand.Stop.class,
            RoutesCommand.Suspend.class,
            RoutesCommand.Resume.class,
            RouteOverrideCommands.Make.class,
            RouteOverrideCommands.Adopt.class
        })
final class RoutesCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/routes";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Option(names = "--site", description = "only routes in files of the site's own")
    private boolean site;

    @Override
    public Integer call() {
        return ApiOutput.print(client().get(PATH), json, answer -> table(answer, site));
    }

    HubCommand hub() {
        return hub;
    }

    private AdministrationClient client() {
        return hub.client();
    }

    private static String table(JsonNode answer, boolean ofSite) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode route : answer.path("routes")) {
            if (ofSite && !route.path("site").asBoolean()) {
                continue;
            }
            rows.add(List.of(
                    route.path("id").asText(),
                    route.path("state").asText(),
                    route.path("exchanges").asText(),
                    route.path("failures").asText(),
                    route.path("inFlight").asText(),
                    millis(route.path("meanMillis")),
                    millis(route.path("worstMillis")),
                    route.path("file").asText() + ":" + route.path("line").asText()));
        }
        StringBuilder text = new StringBuilder(TextTable.of(
                List.of("route", "state", "taken", "failed", "now", "mean ms", "worst ms", "where"), rows));
        text.append("\nin force since ").append(answer.path("since").asText());
        for (JsonNode problem : answer.path("problems")) {
            problem(text.append("\nrefused: "), problem);
        }
        for (JsonNode problem : answer.path("warnings")) {
            problem(text.append("\nwarning: "), problem);
        }
        return text.toString();
    }

    private static void problem(StringBuilder text, JsonNode problem) {
        text.append(problem.path("file").asText())
                .append(
                        problem.path("line").asInt() == 0
                                ? ""
                                : ":" + problem.path("line").asText() + ":"
                                        + problem.path("column").asText())
                .append(": ")
                .append(problem.path("reason").asText());
        if (!problem.path("suggestion").isNull()) {
            text.append("; did you mean '")
                    .append(problem.path("suggestion").asText())
                    .append("'?");
        }
    }

    private static String millis(JsonNode value) {
        return String.format(Locale.ROOT, "%.1f", value.asDouble());
    }

    /** Does something for one route. */
    private abstract static class OfRoute implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RoutesCommand routes;

        @Parameters(paramLabel = "ROUTE")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String id;

        AdministrationClient client() {
            return routes.client();
        }

        String path() {
            return PATH + "/" + ApiOutput.encoded(id);
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            description = "Shows one route: its figures, and its steps as Mermaid draws them.",
            mixinStandardHelpOptions = true)
    static final class Show extends OfRoute {
        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(client().get(path()), json, RoutesCommand.Show::text);
        }

        private static String text(JsonNode route) {
            StringBuilder text = new StringBuilder();
            route.properties().forEach(field -> {
                if (!field.getKey().equals("mermaid") && !field.getValue().isNull()) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%-15s %s%n",
                            field.getKey(),
                            field.getValue().asText()));
                }
            });
            return text.append('\n').append(route.path("mermaid").asText()).toString();
        }
    }

    /** What can be told to a route. */
    private abstract static class Told extends OfRoute {
        private final String command;

        Told(String command) {
            this.command = command;
        }

        @Override
        public Integer call() {
            return ApiOutput.print(
                    client().post(path() + "/" + command, "application/json", new byte[0]),
                    false,
                    route -> route.path("id").asText() + " is "
                            + route.path("state").asText());
        }
    }

    /** Starts one. */
    @Command(name = "start", description = "Starts a route again.", mixinStandardHelpOptions = true)
    static final class Start extends Told {
        Start() {
            super("start");
        }
    }

    /** Stops one. */
    @Command(
            name = "stop",
            description = "Stops a route, until it is started or the hub starts again; a listener closes its port.",
            mixinStandardHelpOptions = true)
    static final class Stop extends Told {
        Stop() {
            super("stop");
        }
    }

    /** Suspends one. */
    @Command(
            name = "suspend",
            description = "Has a route take nothing for a while; a listener keeps its port.",
            mixinStandardHelpOptions = true)
    static final class Suspend extends Told {
        Suspend() {
            super("suspend");
        }
    }

    /** Resumes one. */
    @Command(name = "resume", description = "Has a suspended route take again.", mixinStandardHelpOptions = true)
    static final class Resume extends Told {
        Resume() {
            super("resume");
        }
    }
}
