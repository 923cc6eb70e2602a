package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub rollout …}: firmware, or a change of layers, for many devices, group after group. */
@Command(
        name = "rollout",
        description = "Rolls firmware, or a change of layers, out to many devices, group after group.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RolloutCreateCommand.class,
            RolloutCommand.All.class,
            RolloutCommand.Show.class,
            RolloutWatchCommand.class,
            RolloutCommand.Devices.class,
            RolloutCommand.Approve.class,
            RolloutCommand.Start.class,
            RolloutCommand.Pause.class,
            RolloutCommand.Resume.class,
            RolloutCommand.Cancel.class,
            RolloutCommand.Retry.class,
            RolloutCommand.Back.class
        })
final class RolloutCommand implements Runnable {
    static final String PATH = "/api/v1/rollouts";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "what to do is missing, such as create, list or watch");
    }

    AdministrationClient client() {
        return hub.client();
    }

    /** What every command on one rollout has. */
    abstract static class OfOne implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        RolloutCommand parent;

        @Parameters(paramLabel = "ID", description = "number of the rollout")
        long id;

        @Option(names = "--json", description = "answers as JSON")
        boolean json;

        String path() {
            return PATH + "/" + id;
        }

        /** Has the hub do something to it. */
        int act(String action) {
            return act(action, RolloutText::line);
        }

        int act(String action, Function<JsonNode, String> text) {
            return ApiOutput.print(
                    parent.client().post(path() + "/" + action, "application/json", new byte[0]), json, text);
        }
    }

    @Command(name = "list", description = "Lists rollouts, the newest first.", mixinStandardHelpOptions = true)
    static final class All implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RolloutCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(parent.client().get(PATH), json, RolloutText::table);
        }
    }

    @Command(
            name = "show",
            description = "Shows one rollout: its groups, how far their devices are, why some failed, when it may end.",
            mixinStandardHelpOptions = true)
    static final class Show extends OfOne {
        @Override
        public Integer call() {
            return ApiOutput.print(parent.client().get(path()), json, RolloutText::view);
        }
    }

    @Command(
            name = "devices",
            description = "Lists devices of a rollout and how far each is.",
            mixinStandardHelpOptions = true)
    static final class Devices extends OfOne {
        @Option(
                names = "--progress",
                paramLabel = "WORD",
                description = "only those: waiting, told, downloading, running, failed, left or returned")
        private @Nullable String progress;

        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "at most so many, 1000 at most",
                defaultValue = "100")
        private int limit;

        @Override
        public Integer call() {
            String only = progress == null ? "" : "&progress=" + ApiOutput.encoded(progress);
            return ApiOutput.print(
                    parent.client().get(path() + "/devices?limit=" + limit + only), json, RolloutText::devices);
        }
    }

    @Command(
            name = "approve",
            description = "Agrees to a rollout that somebody else has made.",
            mixinStandardHelpOptions = true)
    static final class Approve extends OfOne {
        @Override
        public Integer call() {
            return act("approve");
        }
    }

    @Command(name = "start", description = "Begins a rollout now.", mixinStandardHelpOptions = true)
    static final class Start extends OfOne {
        @Override
        public Integer call() {
            return act("start", RolloutText::made);
        }
    }

    @Command(
            name = "pause",
            description = "Tells no further device; those that were told go on.",
            mixinStandardHelpOptions = true)
    static final class Pause extends OfOne {
        @Override
        public Integer call() {
            return act("pause");
        }
    }

    @Command(
            name = "resume",
            description =
                    "Goes on with a rollout that is paused, or that has stopped: what has failed so far is forgiven.",
            mixinStandardHelpOptions = true)
    static final class Resume extends OfOne {
        @Override
        public Integer call() {
            return act("resume");
        }
    }

    @Command(
            name = "cancel",
            description = "Ends a rollout; devices that were not told yet keep what they have.",
            mixinStandardHelpOptions = true)
    static final class Cancel extends OfOne {
        @Override
        public Integer call() {
            return act("cancel");
        }
    }

    @Command(name = "retry", description = "Tells devices that have failed again.", mixinStandardHelpOptions = true)
    static final class Retry extends OfOne {
        @Override
        public Integer call() {
            return act("retry");
        }
    }

    @Command(
            name = "back",
            description = "Takes a rollout back: devices return to the layers or the version that they had.",
            mixinStandardHelpOptions = true)
    static final class Back extends OfOne {
        @Option(names = "--now", description = "without waiting for its window and its spread")
        private boolean now;

        @Override
        public Integer call() {
            return act(now ? "back?now=true" : "back");
        }
    }
}
