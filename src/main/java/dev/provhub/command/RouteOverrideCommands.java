package dev.provhub.command;

import dev.provhub.routing.Overrides;
import dev.provhub.routing.RouteFolders;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub routes override} and {@code adopt}: a site's own files in place of shipped ones. */
final class RouteOverrideCommands {
    private RouteOverrideCommands() {}

    /** Does something for one file. */
    private abstract static class OfFile implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RoutesCommand parent;

        @Parameters(paramLabel = "FILE", description = "name of the file, or of its first route")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String name;

        /** Does it, and says what. */
        abstract String act(Overrides overrides, String file);

        @Override
        public Integer call() {
            Overrides overrides =
                    new Overrides(RouteFolders.of(parent.hub().read().folders()));
            System.out.println(act(overrides, name));
            return 0;
        }
    }

    /** Makes one. */
    @Command(
            name = "override",
            description = {
                "Copies a shipped file to the site's own, where an upgrade leaves it alone; it then stands for the shipped one.",
                "'./hub check' tells when the shipped file has changed since, and what in it."
            },
            mixinStandardHelpOptions = true)
    static final class Make extends OfFile {
        @Override
        String act(Overrides overrides, String file) {
            return "edit " + overrides.make(file);
        }
    }

    /** Notes that one is up to date. */
    @Command(
            name = "adopt",
            description =
                    "Notes that a file of the site's own has all that it needs of the shipped one as that is now.",
            mixinStandardHelpOptions = true)
    static final class Adopt extends OfFile {
        @Override
        String act(Overrides overrides, String file) {
            return "noted for " + overrides.adopt(file);
        }
    }
}
