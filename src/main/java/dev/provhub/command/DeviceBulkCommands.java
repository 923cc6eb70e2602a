package dev.provhub.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./hub device label}, {@code rotate}, {@code revoke}: one device, or all that a filter means. */
final class DeviceBulkCommands {
    private DeviceBulkCommands() {}

    /** {@code -b} takes a label away, so that there is no {@code -h} here. */
    @Command(
            name = "label",
            customSynopsis =
                    "hub device label (MAC | --filter FILTER) [+LABEL | -LABEL]... [--dry-run | --confirm N] [--json]",
            description = "Gives labels to devices (+LABEL) and takes them away (-LABEL).")
    static final class Label implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Mixin
        private DeviceBulk bulk = new DeviceBulk();

        @Option(names = "--help", usageHelp = true, description = "shows this")
        boolean help;

        @Parameters(arity = "0..*", hidden = true)
        private List<String> words = new ArrayList<>();

        @Unmatched
        private List<String> others = new ArrayList<>();

        @Override
        public Integer call() {
            String mac = null;
            ObjectNode body = DeviceBulk.action("label");
            List<String> all = new ArrayList<>(words);
            all.addAll(others);
            for (String word : all) {
                if (word.startsWith("--")) {
                    throw new ParameterException(spec.commandLine(), "Unknown option: '" + word + "'");
                } else if (word.startsWith("+")) {
                    body.withArray("add").add(word.substring(1));
                } else if (word.startsWith("-")) {
                    body.withArray("remove").add(word.substring(1));
                } else if (mac == null) {
                    mac = word;
                } else {
                    throw new ParameterException(spec.commandLine(), "'" + word + "' is neither +LABEL nor -LABEL");
                }
            }
            return bulk.run(parent, spec, mac, body);
        }
    }

    @Command(
            name = "rotate",
            description = "Gives devices new keys and directories, which they take over at their next poll.",
            mixinStandardHelpOptions = true)
    static final class Rotate implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Mixin
        private DeviceBulk bulk = new DeviceBulk();

        @Parameters(arity = "0..1", paramLabel = "MAC", description = "in any notation")
        private @Nullable String mac;

        @Override
        public Integer call() {
            return bulk.run(parent, spec, mac, DeviceBulk.action("rotate"));
        }
    }

    @Command(
            name = "revoke",
            description =
                    "Has devices believed no more, at once: they get nothing. ./hub cert reinstate takes it back.",
            mixinStandardHelpOptions = true)
    static final class Revoke implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private DeviceCommand parent;

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Mixin
        private DeviceBulk bulk = new DeviceBulk();

        @Parameters(arity = "0..1", paramLabel = "MAC", description = "in any notation")
        private @Nullable String mac;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "for those who read it later")
        private String reason = "";

        @Override
        public Integer call() {
            return bulk.run(parent, spec, mac, DeviceBulk.action("revoke").put("reason", reason));
        }
    }
}
