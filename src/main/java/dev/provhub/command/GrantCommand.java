package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/** {@code ./hub grant …}: keys for devices without a good certificate of their own. */
@Command(
        name = "grant",
        description = "Lets a device have its key without a good certificate of its own, once and for hours.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GrantCommand.Show.class,
            GrantCommand.Token.class,
            GrantCommand.Excepted.class,
            GrantCommand.Targeted.class,
            GrantCommand.Remove.class
        })
final class GrantCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/grants";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, token, exception, targeted or remove is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    private int make(String kind, @Nullable String mac, @Nullable String serial, int hours) {
        ObjectNode wanted = JSON.createObjectNode().put("kind", kind).put("hours", hours);
        if (mac != null) {
            wanted.put("mac", mac);
        }
        if (serial != null) {
            wanted.put("serial", serial);
        }
        Optional<JsonNode> made = ApiOutput.body(
                client().post(PATH, "application/json", wanted.toString().getBytes(StandardCharsets.UTF_8)));
        if (made.isEmpty()) {
            return 1;
        }
        if (made.get().has("url")) {
            System.out.println(made.get().path("url").asText());
        }
        System.err.println("id " + made.get().path("id").asText() + ", until "
                + made.get().path("until").asText());
        return 0;
    }

    @Command(
            name = "list",
            description = "Lists what is granted, and what has become faulty.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private GrantCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            Optional<JsonNode> body = ApiOutput.body(parent.client().get(PATH));
            if (body.isEmpty()) {
                return 1;
            }
            if (json) {
                System.out.println(body.get().toPrettyString());
                return 0;
            }
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode grant : body.get().path("grants")) {
                rows.add(List.of(
                        grant.path("id").asText(),
                        grant.path("kind").asText(),
                        grant.path("mac").asText("all").replace("null", "all"),
                        grant.path("until").asText(),
                        grant.path("fault").asText("").replace("null", "")));
            }
            System.out.print(TextTable.of(List.of("id", "kind", "device", "until", "fault"), rows));
            return 0;
        }
    }

    @Command(
            name = "token",
            description =
                    "Prints a resync URL that gives a device its key over HTTPS, until it asks at its new directory.",
            mixinStandardHelpOptions = true)
    static final class Token implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private GrantCommand parent;

        @Parameters(paramLabel = "MAC", description = "of a device that is claimed")
        private String mac = "";

        @Option(
                names = "--hours",
                paramLabel = "H",
                defaultValue = "24",
                description = "1 to 336; default: ${DEFAULT-VALUE}")
        private int hours;

        @Override
        public Integer call() {
            return parent.make("token", mac, null, hours);
        }
    }

    @Command(
            name = "exception",
            description = "Takes a generic, known-wrong or expired certificate of one unit, from one address.",
            mixinStandardHelpOptions = true)
    static final class Excepted implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private GrantCommand parent;

        @Parameters(paramLabel = "MAC", description = "of a device that is claimed")
        private String mac = "";

        @Option(names = "--serial", required = true, paramLabel = "S", description = "serial number of the unit")
        private String serial = "";

        @Option(
                names = "--hours",
                paramLabel = "H",
                defaultValue = "4",
                description = "1 to 336; default: ${DEFAULT-VALUE}")
        private int hours;

        @Override
        public Integer call() {
            return parent.make("exception", mac, serial, hours);
        }
    }

    @Command(
            name = "targeted",
            description = "Opens a window for profiles that your own compiler targets, for one device or for all.",
            mixinStandardHelpOptions = true)
    static final class Targeted implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private GrantCommand parent;

        @Parameters(paramLabel = "MAC|all", description = "this device alone, or all that are claimed and have no key")
        private String mac = "";

        @Option(
                names = "--hours",
                paramLabel = "H",
                defaultValue = "4",
                description = "1 to 336; default: ${DEFAULT-VALUE}")
        private int hours;

        @Override
        public Integer call() {
            return parent.make("targeted", mac, null, hours);
        }
    }

    @Command(name = "remove", description = "Takes a grant back.", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private GrantCommand parent;

        @Parameters(paramLabel = "ID", description = "as './hub grant list' shows it")
        private String id = "";

        @Override
        public Integer call() {
            if (!id.matches("[a-z2-7]{1,32}")) {
                throw new ParameterException(parent.spec.commandLine(), "'" + id + "' is not the id of a grant");
            }
            return ApiOutput.body(parent.client().delete(PATH + "/" + id)).isPresent() ? 0 : 1;
        }
    }
}
