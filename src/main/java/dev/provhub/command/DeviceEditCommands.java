package dev.provhub.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub device create}, {@code set}, {@code delete}: one device. */
final class DeviceEditCommands {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/devices";
    private static final Set<String> FIELDS = Set.of("model", "serial", "tenant", "plan", "timeZone");

    private DeviceEditCommands() {}

    /** {@code NAME=VALUE} into an edit: a field of the device, else one of its settings; no value takes it out. */
    private static void put(ObjectNode edit, String pair, CommandSpec spec) {
        int at = pair.indexOf('=');
        if (at < 1) {
            throw new ParameterException(
                    spec.commandLine(), "'" + pair + "' is not NAME=VALUE; NAME= takes a value out");
        }
        String name = pair.substring(0, at);
        String value = at + 1 == pair.length() ? null : pair.substring(at + 1);
        (FIELDS.contains(name) ? edit : edit.withObject("/settings")).put(name, value);
    }

    private static int answered(AdministrationClient.Answer answer, boolean json, String done) {
        if (DeviceFilterOutput.isRefused(answer)) {
            return DeviceFilterOutput.complain(answer, null);
        }
        System.out.println(json ? DeviceFilterOutput.tree(answer.body()).toPrettyString() : done);
        return 0;
    }

    @Command(name = "create", description = "Makes a device that is not there yet.", mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Option(names = "--model", paramLabel = "MODEL", required = true, description = "by any of its names")
        private String model = "";

        @Option(names = "--serial", paramLabel = "SERIAL")
        private @Nullable String serial;

        @Option(names = "--tenant", paramLabel = "TENANT")
        private @Nullable String tenant;

        @Option(names = "--plan", paramLabel = "PLAN")
        private @Nullable String plan;

        @Option(names = "--time-zone", paramLabel = "ZONE", description = "such as Europe/Berlin")
        private @Nullable String timeZone;

        @Option(names = "--label", paramLabel = "LABEL", description = "may be repeated")
        private List<String> labels = new ArrayList<>();

        @Option(names = "--set", paramLabel = "NAME=VALUE", description = "a setting of its own; may be repeated")
        private List<String> settings = new ArrayList<>();

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            ObjectNode body = JSON.createObjectNode()
                    .put("mac", parent.address(mac).hex())
                    .put("model", model);
            add(body, "serial", serial);
            add(body, "tenant", tenant);
            add(body, "plan", plan);
            add(body, "timeZone", timeZone);
            labels.forEach(label -> body.withArray("labels").add(label));
            settings.forEach(pair -> put(body, pair, spec));
            return answered(
                    parent.client()
                            .post(PATH, "application/json", body.toString().getBytes(StandardCharsets.UTF_8)),
                    json,
                    "device " + parent.address(mac) + " is made");
        }

        private static void add(ObjectNode body, String field, @Nullable String value) {
            if (value != null) {
                body.put(field, value);
            }
        }
    }

    @Command(
            name = "set",
            description = {
                "Changes a device: model, serial, tenant, plan, timeZone, or a setting of its own.",
                "NAME= takes a value out."
            },
            mixinStandardHelpOptions = true)
    static final class Change implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE")
        private List<String> pairs = new ArrayList<>();

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            ObjectNode body = JSON.createObjectNode();
            pairs.forEach(pair -> put(body, pair, spec));
            return answered(
                    parent.client()
                            .patch(
                                    PATH + "/" + parent.address(mac),
                                    "application/json",
                                    body.toString().getBytes(StandardCharsets.UTF_8)),
                    json,
                    "device " + parent.address(mac) + " is changed");
        }
    }

    @Command(
            name = "delete",
            description =
                    "Lets a device go: it is told to give everything back, or forgotten when it was given nothing.",
            mixinStandardHelpOptions = true)
    static final class Delete implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Parameters(paramLabel = "MAC", description = "in any notation")
        private String mac = "";

        @Override
        public Integer call() {
            return answered(
                    parent.client().delete(PATH + "/" + parent.address(mac)),
                    false,
                    "device " + parent.address(mac) + " was let go");
        }
    }
}
