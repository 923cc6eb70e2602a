package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub fault …}: what the hub could not deal with. */
@Command(
        name = "fault",
        description = "Looks after what the hub could not deal with after all its tries.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FaultCommand.Listed.class,
            FaultCommand.Show.class,
            FaultCommand.Retry.class,
            FaultCommand.Drop.class
        })
final class FaultCommand implements Runnable {
    private static final String PATH = "/api/v1/faults";
    private static final int NO_CONTENT = 204;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, show, retry or drop is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    /** All that fit, newest first; nothing when the hub refuses. */
    private Optional<List<JsonNode>> all(AdministrationClient client, @Nullable String feed) {
        List<JsonNode> all = new ArrayList<>();
        String before = "";
        do {
            String query = "?limit=1000" + (feed == null ? "" : "&feed=" + ApiOutput.encoded(feed)) + before;
            Optional<JsonNode> page = ApiOutput.body(client.get(PATH + query));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().path("faults").forEach(all::add);
            JsonNode next = page.get().path("next");
            before = next.isNull() ? "" : "&before=" + next.asText();
        } while (!before.isEmpty());
        return Optional.of(all);
    }

    @Command(name = "list", description = "Lists faults, newest first.", mixinStandardHelpOptions = true)
    static final class Listed implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FaultCommand parent;

        @Option(names = "--feed", paramLabel = "ROUTE", description = "only those of this route")
        private @Nullable String feed;

        @Override
        public Integer call() {
            Optional<List<JsonNode>> faults = parent.all(parent.client(), feed);
            List<List<String>> rows = new ArrayList<>();
            faults.orElse(List.of())
                    .forEach(fault -> rows.add(List.of(
                            fault.path("id").asText(),
                            fault.path("last").asText(),
                            fault.path("feed").asText(),
                            fault.path("attempts").asText(),
                            fault.path("subject").asText("").replace("null", ""),
                            fault.path("reason").asText())));
            if (faults.isPresent()) {
                System.out.print(
                        TextTable.of(List.of("id", "last failed", "route", "times", "subject", "reason"), rows));
            }
            return faults.isPresent() ? 0 : 1;
        }
    }

    @Command(
            name = "show",
            description = "Shows a fault as JSON, its message with secrets masked.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FaultCommand parent;

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public Integer call() {
            return ApiOutput.print(
                    parent.client().get(PATH + "/" + ApiOutput.encoded(id)), true, JsonNode::toPrettyString);
        }
    }

    /** Does the same to each fault that somebody means. */
    abstract static class OfMany implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FaultCommand parent;

        @Parameters(paramLabel = "ID", arity = "0..*")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "all there are")
        private boolean every;

        @Option(names = "--feed", paramLabel = "ROUTE", description = "all of this route")
        private @Nullable String feed;

        /**
         * Does it to one.
         *
         * @param path where the fault is
         * @return exit code
         */
        abstract int act(AdministrationClient client, String id, String path);

        @Override
        public Integer call() {
            AdministrationClient client = parent.client();
            int worst = 0;
            Optional<List<String>> meant = meant(client);
            for (String id : meant.orElse(List.of())) {
                worst = Math.max(worst, act(client, id, PATH + "/" + ApiOutput.encoded(id)));
            }
            return meant.isPresent() ? worst : 1;
        }

        /** Oldest first, so that what is tried again comes in its order; nothing when the hub refuses. */
        private Optional<List<String>> meant(AdministrationClient client) {
            boolean isByFeed = every || feed != null;
            if (ids.isEmpty() != isByFeed) {
                throw new ParameterException(parent.spec.commandLine(), "say either ids, or --all or --feed");
            }
            return isByFeed ? parent.all(client, feed).map(OfMany::oldestFirst) : Optional.of(ids);
        }

        private static List<String> oldestFirst(List<JsonNode> newestFirst) {
            List<String> ids = new ArrayList<>();
            newestFirst.forEach(fault -> ids.add(fault.path("id").asText()));
            Collections.reverse(ids);
            return ids;
        }
    }

    @Command(
            name = "retry",
            description = "Sends messages again to where they failed. Exit code 1 when any fails again.",
            mixinStandardHelpOptions = true)
    static final class Retry extends OfMany {
        @Override
        int act(AdministrationClient client, String id, String path) {
            return ApiOutput.print(
                    client.post(path + "/retry", "application/json", new byte[0]),
                    false,
                    body -> "fault " + id + ": " + body.path("outcome").asText());
        }
    }

    @Command(
            name = "drop",
            description = "Drops faults: nothing happens with their messages any more.",
            mixinStandardHelpOptions = true)
    static final class Drop extends OfMany {
        @Override
        int act(AdministrationClient client, String id, String path) {
            AdministrationClient.Answer answer = client.delete(path);
            if (answer.status() == NO_CONTENT) {
                return 0;
            }
            ApiOutput.body(answer);
            return 1;
        }
    }
}
