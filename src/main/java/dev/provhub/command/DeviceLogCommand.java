package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device log}: what was heard of a device and told to it, and what usually lies behind it. */
@Command(
        name = "log",
        description = {
            "Shows what was heard of a device and told to it, oldest first, and what usually lies behind it.",
            "Without a MAC: what was asked by who named no device."
        },
        mixinStandardHelpOptions = true)
final class DeviceLogCommand implements Callable<Integer> {
    private static final long STEP_NANOS = 1_000_000_000L;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MAC", description = "in any notation")
    private @Nullable String mac;

    @Option(names = "--address", paramLabel = "IP", description = "without a MAC: only what came from this address")
    private @Nullable String address;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "only contact, report, syslog, notify, handshake or state")
    private @Nullable String kind;

    @Option(names = "--limit", paramLabel = "N", description = "how many events, 1 to 1000; 50 when missing")
    private int limit = 50;

    @Option(
            names = {"-f", "--follow"},
            description = "goes on with each new event until it is stopped")
    private boolean follow;

    @Option(names = "--json", description = "answers as JSON; with --follow one event on each line")
    private boolean json;

    @Override
    public Integer call() {
        if (mac != null && address != null) {
            throw new ParameterException(spec.commandLine(), "--address goes without a MAC");
        }
        AdministrationClient client = parent.hub().client();
        AdministrationClient.Answer first = client.get(path(limit, 0));
        if (!follow) {
            return ApiOutput.print(first, json, DeviceLogText::page);
        }
        Optional<JsonNode> page = ApiOutput.body(first);
        if (page.isEmpty()) {
            return 1;
        }
        long last = print(page.get(), 0);
        while (true) {
            LockSupport.parkNanos(STEP_NANOS);
            Optional<JsonNode> next = ApiOutput.body(client.get(path(1000, last)));
            if (next.isEmpty()) {
                return 1;
            }
            last = print(next.get(), last);
        }
    }

    /** The number of the last event that was printed. */
    private long print(JsonNode page, long before) {
        long last = before;
        for (int at = page.path("events").size() - 1; at >= 0; at--) {
            JsonNode event = page.path("events").get(at);
            System.out.println(json ? event.toString() : DeviceLogText.event(event, page));
            last = Math.max(last, event.path("id").asLong());
        }
        return last;
    }

    private String path(int most, long after) {
        StringBuilder path = new StringBuilder(
                mac == null ? "/api/v1/contacts" : "/api/v1/devices/" + parent.address(mac) + "/contacts");
        path.append("?limit=").append(most);
        if (after > 0) {
            path.append("&after=").append(after);
        }
        if (kind != null) {
            path.append("&kind=").append(ApiOutput.encoded(kind));
        }
        if (address != null) {
            path.append("&address=").append(ApiOutput.encoded(address));
        }
        return path.toString();
    }
}
