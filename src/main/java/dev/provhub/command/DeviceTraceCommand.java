package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub device trace MAC}: what its next request goes through. */
@Command(
        name = "trace",
        description = {
            "Waits for the device's next request and shows what each step of the routes changed, secrets masked.",
            "With --last: shows the last trace and waits for none."
        },
        mixinStandardHelpOptions = true)
final class DeviceTraceCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(500);

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand device;

    @Parameters(paramLabel = "MAC")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String mac;

    @Option(names = "--minutes", paramLabel = "N", description = "how long to wait, 1 to 60; 10 when missing")
    private int minutes = 10;

    @Option(names = "--last", description = "shows the last trace and waits for none")
    private boolean last;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        AdministrationClient client = device.client();
        String path = "/api/v1/devices/" + device.address(mac) + "/trace";
        if (!last) {
            AdministrationClient.Answer begun =
                    client.post(path + "?minutes=" + minutes, "application/json", new byte[0]);
            if (ApiOutput.body(begun).isEmpty()) {
                return 1;
            }
            System.err.println("waiting for the next request of " + device.address(mac));
        }
        while (true) {
            AdministrationClient.Answer answer = client.get(path);
            JsonNode trace = ApiOutput.body(answer).orElse(null);
            if (trace == null) {
                return 1;
            }
            if (last
                    || !trace.path("began").isNull()
                    || trace.path("awaitedUntil").isNull()) {
                return ApiOutput.print(answer, json, DeviceTraceCommand::text);
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private static String text(JsonNode trace) {
        if (trace.path("began").isNull()) {
            return "there is no trace of " + trace.path("device").asText();
        }
        StringBuilder text = new StringBuilder(trace.path("device").asText())
                .append(" at ")
                .append(trace.path("began").asText());
        for (JsonNode step : trace.path("steps")) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s%s %s (%s, %.1f ms)",
                    "  ".repeat(step.path("depth").asInt()),
                    step.path("kind").asText(),
                    step.path("id").asText(),
                    step.path("route").asText(),
                    step.path("millis").asDouble()));
            String indent = "\n" + "  ".repeat(step.path("depth").asInt() + 2);
            step.path("changes").properties().forEach(change -> text.append(indent)
                    .append(change.getKey())
                    .append(" = ")
                    .append(change.getValue().asText()));
            if (!step.path("failure").isNull()) {
                text.append(indent)
                        .append("failed: ")
                        .append(step.path("failure").asText());
            }
        }
        return text.toString();
    }
}
