package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.MacAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device …}: devices of a running hub. */
@Command(
        name = "device",
        description = "Looks at devices of a running hub, changes them, and brings devices here.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DeviceListCommand.class,
            DeviceCommand.Show.class,
            DeviceEditCommands.Create.class,
            DeviceEditCommands.Change.class,
            DeviceEditCommands.Delete.class,
            DeviceBulkCommands.Label.class,
            DeviceBulkCommands.Rotate.class,
            DeviceBulkCommands.Revoke.class,
            DeviceJobsCommand.class,
            DeviceFileCommands.Export.class,
            DeviceFileCommands.Import.class,
            DevicePasswordCommand.class,
            DeviceCommand.Key.class,
            DeviceCommand.Preview.class,
            DeviceCommand.History.class,
            DeviceCommand.Source.class,
            NotifyCommands.Notify.class,
            NotifyCommands.Resync.class,
            NotifyCommands.Shown.class,
            DeviceLogCommand.class,
            DeviceTraceCommand.class,
            DeviceReportCommands.Report.class,
            DeviceReportCommands.Drift.class,
            ImportProfileCommand.class,
            LoadDevicesCommand.class
        })
final class DeviceCommand implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                String.join(", ", spec.commandLine().getSubcommands().keySet()) + ": one of these is missing");
    }

    AdministrationClient client() {
        return hub.client();
    }

    HubCommand hub() {
        return hub;
    }

    private int print(String mac, String path, Function<String, String> shown) {
        AdministrationClient.Answer answer = hub.client().get("/api/v1/devices/" + address(mac) + path);
        if (answer.status() == OK) {
            System.out.println(shown.apply(answer.body()).strip());
            return 0;
        }
        System.err.println("hub: " + tree(answer.body()).path("detail").asText("the hub answered " + answer.status()));
        return 1;
    }

    MacAddress address(String text) {
        return MacAddress.find(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "'" + text + "' is not a MAC address: twelve hex digits, alone or grouped"));
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    @Command(
            name = "show",
            description = "Shows a device without its secrets, as JSON.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Override
        public Integer call() {
            return parent.print(mac, "", Function.identity());
        }
    }

    @Command(
            name = "key",
            description = "Prints a device's key and nothing else: 64 hex characters, the pass phrase as they stand.",
            mixinStandardHelpOptions = true)
    static final class Key implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Override
        public Integer call() {
            return parent.print(mac, "/key", Function.identity());
        }
    }

    @Command(
            name = "preview",
            description = {
                "Shows each value that a device would be given now, the file and line it comes from, and what it hides.",
                "Secrets are masked."
            },
            mixinStandardHelpOptions = true)
    static final class Preview implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @ArgGroup
        private What what = new What();

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        /** One of these, or none. */
        static final class What {
            @Option(names = "--rendered", description = "the XML instead")
            private boolean rendered;

            @Option(names = "--spc", description = "the plain text that Cisco's profile compiler takes instead")
            private boolean spc;

            @Option(names = "--diff", description = "only what differs from what the device has applied")
            private boolean diff;

            @Option(names = "--with", paramLabel = "MAC", description = "only what differs on another device")
            private @Nullable String with;

            @Option(
                    names = "--at",
                    paramLabel = "TIME",
                    description = "what it had been given then, as 2026-11-24T10:00:00Z")
            private @Nullable String at;
        }

        @Override
        public Integer call() {
            if (what.rendered) {
                return parent.print(mac, "/profile?rendered=true", Function.identity());
            }
            if (what.spc) {
                return parent.print(mac, "/profile?rendered=spc", Function.identity());
            }
            if (what.diff) {
                return print("/profile/diff", ProfileText::differences);
            }
            if (what.with != null) {
                return print("/profile/diff?with=" + parent.address(what.with), ProfileText::differences);
            }
            if (what.at != null) {
                return print("/profile?at=" + URLEncoder.encode(what.at, StandardCharsets.UTF_8), ProfileText::profile);
            }
            return print("/profile", ProfileText::profile);
        }

        private int print(String path, Function<JsonNode, String> text) {
            return parent.print(mac, path, body -> json ? tree(body).toPrettyString() : text.apply(tree(body)));
        }
    }

    @Command(
            name = "spc",
            description = {
                "Prints a device's profile as plain text for Cisco's profile compiler, with its secrets.",
                "It is written down that it was done."
            },
            mixinStandardHelpOptions = true)
    static final class Source implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Override
        public Integer call() {
            return parent.print(mac, "/spc", Function.identity());
        }
    }

    @Command(
            name = "history",
            description = "Lists which profiles a device was given, and when it applied them.",
            mixinStandardHelpOptions = true)
    static final class History implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return parent.print(
                    mac, "/profiles", body -> json ? tree(body).toPrettyString() : ProfileText.history(tree(body)));
        }
    }
}
