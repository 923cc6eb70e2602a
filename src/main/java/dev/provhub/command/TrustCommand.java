package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub cert trust}: which models can trust the certificates of the listeners. */
@Command(
        name = "trust",
        description = {
            "Shows which models can trust what the listeners of the running hub show, and why.",
            "What documents do not say for sure is unknown."
        },
        mixinStandardHelpOptions = true)
final class TrustCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CertCommand parent;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        return ApiOutput.print(parent.hub().client().get("/api/v1/certificates/trust"), json, TrustCommand::text);
    }

    private static String text(JsonNode body) {
        List<List<String>> listeners = new ArrayList<>();
        body.path("listeners")
                .forEach(one -> listeners.add(List.of(
                        one.path("listener").asText(),
                        one.path("enabled").asBoolean() ? "on" : "off",
                        one.path("host").asText(),
                        one.path("subject").asText(),
                        one.path("authority").asText("none that is known") + " ("
                                + one.path("knownBy").asText() + ")")));
        List<List<String>> trust = new ArrayList<>();
        body.path("trust")
                .forEach(row -> trust.add(List.of(
                        row.path("family").asText(),
                        models(row),
                        row.path("listener").asText(),
                        row.path("trusts").asText(),
                        row.path("why").asText())));
        return TextTable.of(List.of("listener", "", "phones are told", "shows", "CA (known by)"), listeners)
                + System.lineSeparator()
                + TextTable.of(List.of("family", "models", "listener", "trusts", "why"), trust);
    }

    private static String models(JsonNode row) {
        return row.path("wholeFamily").asBoolean()
                ? "all"
                : StreamSupport.stream(row.path("models").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" "));
    }
}
