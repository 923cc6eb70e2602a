package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub device password}: the password of a device's own pages. */
@Command(
        name = "password",
        description = {
            "Shows the administrator's password of a device's own pages: the present one, and the one that is pending.",
            "It is written down that it was done."
        },
        mixinStandardHelpOptions = true)
final class DevicePasswordCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Parameters(paramLabel = "MAC", description = "in any notation")
    private String mac = "";

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Override
    public Integer call() {
        return ApiOutput.print(
                parent.client().get("/api/v1/devices/" + parent.address(mac) + "/admin-password"), json, body -> {
                    List<List<String>> rows = new ArrayList<>();
                    for (String which : List.of("present", "pending")) {
                        JsonNode password = body.path(which);
                        if (password.isObject()) {
                            rows.add(List.of(
                                    which,
                                    password.path("password").asText(),
                                    password.path("parameter").asText(),
                                    password.path("revision").asText()));
                        }
                    }
                    return TextTable.of(List.of("which", "password", "parameter", "revision"), rows);
                });
    }
}
