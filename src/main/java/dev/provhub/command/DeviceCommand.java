package dev.provhub.command;

import dev.provhub.device.MacAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device …}: looks at devices of a running hub. */
@Command(
        name = "device",
        description = "Looks at one device of a running hub.",
        mixinStandardHelpOptions = true,
        subcommands = {DeviceCommand.Show.class, DeviceCommand.Key.class})
final class DeviceCommand implements Runnable {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "show or key is missing");
    }

    private int print(String text, String path) {
        MacAddress mac = MacAddress.find(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + text + "' is not a MAC address: twelve hex digits, alone or grouped"));
        AdministrationClient.Answer answer = new AdministrationClient(hub.read()).get("/api/v1/devices/" + mac + path);
        if (answer.status() == 200) {
            System.out.println(answer.body().strip());
            return 0;
        }
        System.err.println(
                answer.status() == 404
                        ? "device " + mac + ": there is none, or it has no key yet"
                        : "the hub answered " + answer.status());
        return 1;
    }

    @Command(
            name = "show",
            description = "Shows a device without its secrets, as JSON.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @Nullable
        DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        String mac = "";

        @Override
        public Integer call() {
            return java.util.Objects.requireNonNull(parent, "parent").print(mac, "");
        }
    }

    @Command(
            name = "key",
            description = "Prints a device's key and nothing else: 64 hex characters, the pass phrase as they stand.",
            mixinStandardHelpOptions = true)
    static final class Key implements Callable<Integer> {
        @ParentCommand
        @Nullable
        DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        String mac = "";

        @Override
        public Integer call() {
            return java.util.Objects.requireNonNull(parent, "parent").print(mac, "/key");
        }
    }
}
