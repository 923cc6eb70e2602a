package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device load}: takes lines and device values of an import into a running hub. May be repeated. */
@Command(
        name = "load",
        description =
                "Takes the lines and device values that import-profile wrote into a running hub. May be repeated.",
        mixinStandardHelpOptions = true)
final class LoadDevicesCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_FAILURE = 300;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private DeviceCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the folder that import-profile wrote")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Path lines = folder.resolve(MigrationFolder.LINES);
        Path devices = folder.resolve(MigrationFolder.DEVICES);
        if (!Files.isReadable(lines) || !Files.isReadable(devices)) {
            throw new ParameterException(
                    spec.commandLine(), folder + " holds no " + lines.getFileName() + " and " + devices.getFileName());
        }
        AdministrationClient client = parent.hub().client();
        int failed = 0;
        int taken = 0;
        for (JsonNode device : JSON.readTree(Files.readAllBytes(devices))) {
            byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode()
                    .put("model", device.path("model").asText())
                    .set("settings", device.path("settings")));
            AdministrationClient.Answer answer =
                    client.put("/api/v1/devices/" + device.path("mac").asText(), "application/json", body);
            if (answer.status() < FIRST_FAILURE) {
                taken++;
            } else {
                failed++;
                System.err.println(device.path("mac").asText() + ": "
                        + JSON.readTree(answer.body()).path("detail").asText(answer.body()));
            }
        }
        String result = client.post("/api/v1/imports", "text/csv", Files.readAllBytes(lines))
                .body();
        long refused =
                result.lines().skip(1).filter(row -> !row.contains(",ok,")).count();
        result.lines().skip(1).filter(row -> !row.contains(",ok,")).forEach(System.err::println);
        System.out.println(taken + " devices taken, " + failed + " refused; "
                + (result.lines().count() - 1 - refused) + " lines taken, " + refused + " refused");
        return failed + refused == 0 ? 0 : 1;
    }
}
