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

/** {@code ./hub token …}: who may ask the administration interface of a running hub. */
@Command(
        name = "token",
        description = "Makes, lists, rotates and revokes tokens of the administration interface.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TokenCommand.Create.class,
            TokenCommand.Show.class,
            TokenCommand.Revoke.class,
            TokenCommand.Rotate.class
        })
final class TokenCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/tokens";
    private static final String TYPE = "application/json";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "create, list, revoke or rotate is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    private String path(String id) {
        if (!id.matches("[a-z2-7]{1,16}")) {
            throw new ParameterException(
                    spec.commandLine(), "'" + id + "' is not the id of a token: './hub token list' shows them");
        }
        return PATH + "/" + id;
    }

    /** The token alone on standard output, for programs; what else there is to say beside it. */
    private static int printToken(AdministrationClient.Answer answer, boolean json) {
        Optional<JsonNode> body = ApiOutput.body(answer);
        if (body.isEmpty()) {
            return 1;
        }
        JsonNode token = body.get();
        if (json) {
            System.out.println(token.toPrettyString());
        } else {
            System.out.println(token.path("token").asText());
            System.err.println("id " + token.path("id").asText() + ", "
                    + String.join("+", words(token.path("roles"))) + ", expires "
                    + token.path("expires").asText("never").replace("null", "never")
                    + "; the token is not shown again");
        }
        return 0;
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    @Command(name = "create", description = "Makes a token and prints it, this once.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private TokenCommand parent;

        @Option(names = "--name", required = true, paramLabel = "N", description = "who will use it")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                split = ",",
                paramLabel = "R",
                description = "read, order, operate or admin; may be given more than once")
        private List<String> roles = List.of();

        @Option(
                names = "--days",
                paramLabel = "D",
                description = "how long it is taken, 1 to 36500; for ever when missing")
        private @Nullable Integer days;

        @Option(
                names = "--person",
                paramLabel = "P",
                description = "whose it is, where one person has several tokens; the name when missing")
        private @Nullable String person;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            ObjectNode body = JSON.createObjectNode().put("name", name);
            if (person != null) {
                body.put("person", person);
            }
            roles.forEach(body.putArray("roles")::add);
            if (days != null) {
                body.put("days", days);
            }
            return printToken(parent.client().post(PATH, TYPE, body.toString().getBytes(StandardCharsets.UTF_8)), json);
        }
    }

    @Command(name = "list", description = "Lists all tokens, without what they are.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private TokenCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(parent.client().get(PATH), json, Show::table);
        }

        private static String table(JsonNode body) {
            List<List<String>> rows = new ArrayList<>();
            for (JsonNode token : body.path("tokens")) {
                rows.add(List.of(
                        token.path("id").asText(),
                        token.path("name").asText(),
                        token.path("person").asText(),
                        String.join("+", words(token.path("roles"))),
                        token.path("state").asText(),
                        token.path("created").asText(),
                        time(token.path("expires")),
                        time(token.path("lastUsed"))));
            }
            return TextTable.of(
                    List.of("id", "name", "person", "roles", "state", "created", "expires", "last used"), rows);
        }

        private static String time(JsonNode time) {
            return time.isNull() ? "-" : time.asText();
        }
    }

    @Command(name = "revoke", description = "Takes a token back.", mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private TokenCommand parent;

        @Parameters(paramLabel = "ID", description = "as 'token list' shows it")
        private String id = "";

        @Override
        public Integer call() {
            return ApiOutput.print(
                    parent.client().delete(parent.path(id)),
                    false,
                    body -> "revoked; hubs on the same database refuse it within 5 s");
        }
    }

    @Command(
            name = "rotate",
            description = "Gives a token another secret and prints it, this once.",
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private TokenCommand parent;

        @Parameters(paramLabel = "ID", description = "as 'token list' shows it")
        private String id = "";

        @Option(
                names = "--overlap",
                paramLabel = "S",
                description = "seconds for which the secret before is taken as well, 0 to 2592000; 0 when missing")
        private int overlap;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            String body = JSON.createObjectNode().put("overlap", overlap).toString();
            return printToken(
                    parent.client().post(parent.path(id) + "/rotate", TYPE, body.getBytes(StandardCharsets.UTF_8)),
                    json);
        }
    }
}
