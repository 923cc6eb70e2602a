package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.config.TextFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub layer …}: the layers of a running hub. */
@Command(
        name = "layer",
        description = "Shows which layers are in force, releases what is held, tells what an edit would change.",
        mixinStandardHelpOptions = true,
        subcommands = {LayerCommand.Status.class, LayerCommand.Release.class, LayerCommand.DryRun.class})
final class LayerCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "status, release or dry-run is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    /** Prints what the hub says, or why it does not. */
    private static int print(AdministrationClient.Answer answer, boolean json, Text text)
            throws JsonProcessingException {
        JsonNode body = JSON.readTree(answer.body());
        if (answer.status() != OK) {
            System.err.println("hub: " + body.path("detail").asText("the hub answered " + answer.status()));
            return 1;
        }
        System.out.println(json ? body.toPrettyString() : text.of(body));
        return 0;
    }

    private interface Text {
        String of(JsonNode body);
    }

    @Command(
            name = "status",
            description = "Shows since when the layers are in force, what is held and what was refused.",
            mixinStandardHelpOptions = true)
    static final class Status implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private LayerCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            return print(parent.client().get("/api/v1/layers"), json, Status::text);
        }

        private static String text(JsonNode state) {
            StringBuilder text = new StringBuilder("in force since ")
                    .append(state.path("inForceSince").asText());
            if (!state.path("refused").isNull()) {
                text.append("\nrefused: ").append(state.path("refused").asText());
            }
            JsonNode held = state.path("held");
            text.append(
                    held.isNull()
                            ? "\nnothing is held"
                            : "\nheld since " + held.path("since").asText() + ": " + ProfileText.change(held)
                                    + "\n'./hub layer release' puts it in force, with --rollout group after group");
            JsonNode rolling = state.path("rolling");
            if (!rolling.isNull()) {
                text.append("\nrollout ")
                        .append(rolling.path("rollout").asText())
                        .append(" is under way: ")
                        .append(ProfileText.change(rolling));
            }
            return text.toString();
        }
    }

    @Command(
            name = "release",
            description = "Puts the layer edit in force that is held, at once or with --rollout group after group.",
            mixinStandardHelpOptions = true)
    static final class Release implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private LayerCommand parent;

        @Option(names = "--rollout", description = "group after group; the options below say how")
        private boolean rollout;

        @Mixin
        private RolloutCreateCommand.Options options = new RolloutCreateCommand.Options();

        @Override
        public Integer call() throws JsonProcessingException {
            if (rollout) {
                return options.make(parent.client(), options.body("layers"), null);
            }
            return print(
                    parent.client().post("/api/v1/layers/release", "application/json", new byte[0]),
                    false,
                    ProfileText::change);
        }
    }

    @Command(
            name = "dry-run",
            description = "Tells which devices would change if the layers were as in another folder.",
            mixinStandardHelpOptions = true)
    static final class DryRun implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private LayerCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(paramLabel = "FOLDER", description = "an edited copy of config/layers")
        private Path folder = Path.of("");

        @Option(names = "--device", paramLabel = "MAC", description = "also tells what would change on this device")
        private @Nullable String device;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            if (!Files.isDirectory(folder)) {
                throw new ParameterException(spec.commandLine(), folder + " is no folder");
            }
            Map<String, Object> files = new LinkedHashMap<>(new TextFiles(folder, ".yaml", 2).texts());
            byte[] body = JSON.writeValueAsString(files).getBytes(StandardCharsets.UTF_8);
            String query = "?whole=true" + (device == null ? "" : "&device=" + device);
            return print(
                    parent.client().post("/api/v1/layers/dry-run" + query, "application/json", body), json, this::text);
        }

        private String text(JsonNode change) {
            return ProfileText.change(change) + (device == null ? "" : "\n" + ProfileText.differences(change));
        }
    }
}
