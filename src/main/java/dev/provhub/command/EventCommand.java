package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub event …}: who is told of orders. */
@Command(
        name = "event",
        description = "Shows who listens to events of orders.",
        mixinStandardHelpOptions = true,
        subcommands = {EventCommand.Listeners.class})
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
        throw new ParameterException(spec.commandLine(), "listeners is missing");
    }

    private AdministrationClient client() {
        return hub.client();
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
                    "/listeners", "listeners", json, "id", "callback", "query", "failures", "waiting", "oldest");
        }
    }
}
