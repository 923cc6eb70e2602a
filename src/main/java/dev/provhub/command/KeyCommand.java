package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub key …}: the master key of a running hub. */
@Command(
        name = "key",
        description = "Shows which master key seals the database's secrets, and changes it.",
        mixinStandardHelpOptions = true,
        subcommands = {KeyCommand.Status.class, KeyCommand.Rotate.class})
final class KeyCommand implements Runnable {
    private static final String PATH = "/api/v1/master-key";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "status or rotate is missing");
    }

    private static String text(JsonNode status) {
        StringBuilder text =
                new StringBuilder("master key ").append(status.path("current").asText());
        if (!status.path("earlier").isEmpty()) {
            text.append("\nearlier keys still needed:");
            status.path("earlier").forEach(id -> text.append(' ').append(id.asText()));
            text.append("\n").append(status.path("waiting").asLong()).append(" secrets are still sealed under them");
        }
        if (!status.path("trouble").isNull()) {
            text.append("\ntrouble: ").append(status.path("trouble").asText());
        }
        return text.toString();
    }

    @Command(
            name = "status",
            description = "Shows the ids of the master keys, and how a change stands.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private KeyCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(parent.hub.client().get(PATH), json, KeyCommand::text);
        }
    }

    @Command(
            name = "rotate",
            description = {
                "Makes a new master key, seals every secret anew while the hub serves, and retires the old key.",
                "May be cut off at any moment: the hub goes on, and so does its next start."
            },
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {
        private static final long POLL_MILLIS = 300;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private KeyCommand parent;

        @Override
        public Integer call() throws InterruptedException {
            AdministrationClient client = parent.hub.client();
            Optional<JsonNode> status = ApiOutput.body(client.post(PATH + "/rotate", "application/json", new byte[0]));
            long shown = -1;
            while (status.isPresent() && status.get().path("running").asBoolean()) {
                long waiting = status.get().path("waiting").asLong();
                if (waiting != shown) {
                    System.err.println(waiting + " secrets to go");
                    shown = waiting;
                }
                Thread.sleep(POLL_MILLIS);
                status = ApiOutput.body(client.get(PATH));
            }
            if (status.isEmpty()) {
                return 1;
            }
            System.out.println(text(status.get()));
            return status.get().path("earlier").isEmpty() ? 0 : 1;
        }
    }
}
