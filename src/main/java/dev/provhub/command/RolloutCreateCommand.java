package dev.provhub.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub rollout create}. Its {@code --version} is that of the images, so that there are no usual options for help. */
@Command(name = "create", description = "Makes a rollout of firmware for the devices that a filter means.")
final class RolloutCreateCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private RolloutCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--filter",
            required = true,
            paramLabel = "FILTER",
            description = "which devices; 'all' for every one")
    private String filter = "";

    @Option(
            names = "--version",
            required = true,
            paramLabel = "FAMILY=VERSION",
            description = "the version of each family of images, as in firmware/catalog.yaml")
    private List<String> versions = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    @Option(names = "--joins", description = "devices that the filter means later become part of it")
    private boolean joins;

    @Mixin
    private Options options = new Options();

    @Override
    public Integer call() {
        ObjectNode body = options.body("firmware").put("filter", filter).put("joins", joins);
        targets(body.putObject("versions"));
        return options.make(parent.client(), body, filter);
    }

    private void targets(ObjectNode targets) {
        for (String one : versions) {
            int equals = one.indexOf('=');
            if (equals < 1 || equals == one.length() - 1) {
                throw refused("--version '" + one + "' is not allowed; allowed: FAMILY=VERSION");
            }
            String family = one.substring(0, equals);
            String version = one.substring(equals + 1);
            if (targets.has(family)) {
                throw refused("--version names family " + family + " twice, with "
                        + targets.path(family).asText() + " and " + version + "; allowed: one version for each family");
            }
            targets.put(family, version);
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    /** What rollouts of firmware and of layers have in common. */
    static final class Options {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Option(names = "--name", paramLabel = "TEXT", description = "a name for people")
        private String name = "";

        @Option(
                names = "--group",
                paramLabel = "SIZE",
                description =
                        "a group, the canary first: a number, or a percentage of all; the last group is the rest, without any that is everybody")
        private List<String> groups = List.of();

        @Option(
                names = "--success",
                paramLabel = "N",
                description = "from so many arrived on the next group begins, a number or a percentage",
                defaultValue = "90%")
        private String success = "90%";

        @Option(
                names = "--errors",
                paramLabel = "N",
                description = "from so many failed on it stops, a number or a percentage",
                defaultValue = "10%")
        private String errors = "10%";

        @Option(
                names = "--sample",
                paramLabel = "N",
                description = "of so many devices the end must be known before either counts",
                defaultValue = "5")
        private int sample = 5;

        @Option(
                names = "--window",
                paramLabel = "HOURS",
                description = "when devices may be told, by their own clocks: 'mon-fri 01:00-05:00'")
        private String window = "";

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description =
                        "when it begins: now, or a time such as 2026-03-01T01:00:00Z; else ./hub rollout start does")
        private String at = "";

        @Option(names = "--priority", paramLabel = "N", description = "of two that mean a device the higher one counts")
        private int priority;

        @Option(names = "--push", description = "devices are told by NOTIFY; else their own polls are waited for")
        private boolean push;

        @Option(
                names = "--spread",
                paramLabel = "MINUTES",
                description = "over which the devices of a group are spread",
                defaultValue = "30")
        private int spread = 30;

        @Option(
                names = "--max-downloads",
                paramLabel = "N",
                description = "images of its families that are sent at a time; 0 for as many as the hub may")
        private int maxDownloads;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        ObjectNode body(String kind) {
            ObjectNode body = JSON.createObjectNode().put("kind", kind);
            if (!name.isEmpty()) {
                body.put("name", name);
            }
            ArrayNode sizes = body.putArray("groups");
            groups.forEach(sizes::add);
            body.put("success", success).put("errors", errors).put("sample", sample);
            body.put("window", window)
                    .put("priority", priority)
                    .put("push", push)
                    .put("spreadMinutes", spread)
                    .put("maxDownloads", maxDownloads);
            if (!at.isEmpty()) {
                body.put("start", at);
            }
            return body;
        }

        /** @param filter under which a caret shows where it cannot be read; null for none */
        int make(AdministrationClient client, ObjectNode body, @Nullable String filter) {
            AdministrationClient.Answer answer = client.post(
                    RolloutCommand.PATH, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
            return DeviceFilterOutput.isRefused(answer)
                    ? DeviceFilterOutput.complain(answer, filter)
                    : ApiOutput.print(answer, json, RolloutText::made);
        }
    }
}
