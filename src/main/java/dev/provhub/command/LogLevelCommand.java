package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub log-level}: how much a running hub logs. */
@Command(
        name = "log-level",
        description = {
            "Changes how much the running hub logs, for a time; without a logger: shows all levels.",
            "Only dev.provhub and hub go below info, because other loggers may print secrets."
        },
        mixinStandardHelpOptions = true)
final class LogLevelCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/log-levels";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,4})([mh])");
    private static final int MINUTES_IN_AN_HOUR = 60;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "LOGGER", description = "e.g. dev.provhub.steps")
    private @Nullable String logger;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LEVEL",
            description = "trace, debug, info, warn, error or off")
    private @Nullable String level;

    @Option(names = "--for", paramLabel = "TIME", description = "1m to 24h; 30m when missing")
    private String time = "30m";

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        AdministrationClient client = hub.client();
        if (logger == null) {
            return ApiOutput.print(client.get(PATH), json, LogLevelCommand::table);
        }
        if (level == null) {
            throw new ParameterException(spec.commandLine(), "the level is missing");
        }
        byte[] body = new ObjectMapper()
                .createObjectNode()
                .put("logger", logger)
                .put("level", level)
                .put("minutes", minutes())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return ApiOutput.print(client.put(PATH, "application/json", body), json, LogLevelCommand::table);
    }

    private int minutes() {
        Matcher parts = TIME.matcher(time);
        if (!parts.matches()) {
            throw new ParameterException(spec.commandLine(), "--for = " + time + " is not a time such as 30m or 2h");
        }
        return Integer.parseInt(parts.group(1)) * (parts.group(2).equals("h") ? MINUTES_IN_AN_HOUR : 1);
    }

    private static String table(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode one : answer.path("loggers")) {
            rows.add(List.of(
                    one.path("logger").asText(),
                    one.path("level").asText(),
                    one.path("until").asText("").replace("null", "")));
        }
        return TextTable.of(List.of("logger", "level", "until"), rows);
    }
}
