package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub event …}: events of orders that their listeners did not take. */
@Command(
        name = "event",
        description = "Shows who listens to events of orders, and what they did not take.",
        mixinStandardHelpOptions = true,
        subcommands = {
            EventCommand.Listeners.class,
            EventCommand.Dead.class,
            EventCommand.Retry.class,
            EventCommand.Drop.class
        })
final class EventCommand implements Runnable {
    private static final String PATH = "/api/v1/order-events";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "listeners, dead, retry or drop is missing");
    }

    private AdministrationClient client() {
        return new AdministrationClient(hub.read());
    }

    private static List<String> texts(JsonNode row, String... names) {
        List<String> cells = new ArrayList<>();
        for (String name : names) {
            cells.add(row.path(name).isNull() ? "" : row.path(name).asText());
        }
        return cells;
    }

    private int show(String path, String list, boolean json, String... names) {
        return ApiOutput.print(client().get(PATH + path), json, body -> {
            List<List<String>> rows = new ArrayList<>();
            body.path(list).forEach(row -> rows.add(texts(row, names)));
            return TextTable.of(List.of(names), rows);
        });
    }

    @Command(name = "listeners", description = "Lists who listens, and what waits.", mixinStandardHelpOptions = true)
    static final class Listeners implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private EventCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return parent.show(
                    "/listeners",
                    "listeners",
                    json,
                    "id",
                    "callback",
                    "query",
                    "failures",
                    "waiting",
                    "dead",
                    "oldest");
        }
    }

    @Command(name = "dead", description = "Lists events that were given up.", mixinStandardHelpOptions = true)
    static final class Dead implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private EventCommand parent;

        @Option(names = "--after", paramLabel = "ID", defaultValue = "0", description = "those behind this one")
        private long after;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return parent.show(
                    "/dead?after=" + after,
                    "events",
                    json,
                    "id",
                    "type",
                    "order",
                    "time",
                    "listener",
                    "attempts",
                    "reason");
        }
    }

    @Command(
            name = "retry",
            description = "Has an event that was given up tried again, or all of them.",
            mixinStandardHelpOptions = true)
    static final class Retry implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private EventCommand parent;

        @Parameters(paramLabel = "ID|all", description = "as './hub event dead' shows it")
        private String id = "";

        @Override
        public Integer call() {
            if (!id.matches("[0-9]{1,18}|all")) {
                throw new ParameterException(parent.spec.commandLine(), "'" + id + "' is neither an id nor 'all'");
            }
            String path = id.equals("all") ? "/dead/retry" : "/dead/" + id + "/retry";
            Optional<JsonNode> body =
                    ApiOutput.body(parent.client().post(PATH + path, "application/json", new byte[0]));
            body.ifPresent(answer -> System.err.println(answer.path("count").asText() + " events are tried again"));
            return body.isPresent() ? 0 : 1;
        }
    }

    @Command(name = "drop", description = "Forgets an event that was given up.", mixinStandardHelpOptions = true)
    static final class Drop implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private EventCommand parent;

        @Parameters(paramLabel = "ID", description = "as './hub event dead' shows it")
        private long id;

        @Override
        public Integer call() {
            return ApiOutput.body(parent.client().delete(PATH + "/dead/" + id)).isPresent() ? 0 : 1;
        }
    }
}
