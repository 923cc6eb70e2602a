package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device list}: the devices that a filter means. */
@Command(
        name = "list",
        description = {
            "Lists devices in order of their MAC addresses.",
            "A filter is such as: model=SPA5* and not label=vip (docs/reference/filter-language.md)."
        },
        mixinStandardHelpOptions = true)
final class DeviceListCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--filter", paramLabel = "FILTER", description = "only these")
    private @Nullable String filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "at most so many, 0 for all (${DEFAULT-VALUE})")
    private long limit;

    @Option(names = "--json", description = "answers as JSON: a list of devices")
    private boolean json;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit is a number from 0");
        }
        long left = limit == 0 ? Long.MAX_VALUE : limit;
        AdministrationClient client = parent.client();
        String next = "/api/v1/devices?limit=" + Math.min(left, PAGE)
                + (filter == null ? "" : "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
        long shown = 0;
        while (!next.isEmpty() && left > 0) {
            AdministrationClient.Answer answer = client.get(next);
            if (DeviceFilterOutput.isRefused(answer)) {
                return DeviceFilterOutput.complain(answer, filter);
            }
            JsonNode page = DeviceFilterOutput.tree(answer.body());
            List<JsonNode> devices = new ArrayList<>();
            for (JsonNode device : page.path("devices")) {
                if (devices.size() < left) {
                    devices.add(device);
                }
            }
            print(devices, shown);
            shown += devices.size();
            left -= devices.size();
            next = page.path("next").asText("");
        }
        if (json) {
            System.out.println(shown == 0 ? "[ ]" : "\n]");
        } else if (shown == 0) {
            System.err.println("no device");
        } else if (!next.isEmpty()) {
            System.err.println("there are more; --limit 0 lists all");
        }
        return 0;
    }

    private void print(List<JsonNode> devices, long before) {
        if (json) {
            long at = before;
            for (JsonNode device : devices) {
                System.out.print((at++ == 0 ? "[\n" : ",\n") + device.toPrettyString());
            }
            return;
        }
        List<List<String>> rows = devices.stream().map(DeviceListCommand::row).toList();
        String table = TextTable.of(
                List.of("device", "model", "tenant", "plan", "state", "applied", "version", "last contact", "labels"),
                rows);
        if (!rows.isEmpty()) {
            table.lines().skip(before == 0 ? 0 : 1).forEach(line -> System.out.println(line.stripTrailing()));
        }
    }

    private static List<String> row(JsonNode device) {
        List<String> labels = new ArrayList<>();
        device.path("labels").forEach(label -> labels.add(label.asText()));
        return List.of(
                device.path("mac").asText(),
                device.path("model").asText(),
                text(device.path("tenant")),
                text(device.path("plan")),
                device.path("claimed").asBoolean() ? device.path("state").asText() : "unclaimed",
                device.path("applied").asBoolean() ? "yes" : "no",
                text(device.path("runningVersion")),
                text(device.at("/lastContact/time")).replaceFirst("\\.\\d+Z$", "Z"),
                String.join(" ", labels));
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asText();
    }
}
