package dev.provhub.command;

import dev.provhub.config.HubFolders;
import dev.provhub.routing.Overrides;
import dev.provhub.routing.RouteFolders;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub routes override} and {@code adopt}: a site's own files in place of shipped ones. */
final class RouteOverrideCommands {
    private RouteOverrideCommands() {}

    private static Overrides overrides(RoutesCommand parent) {
        HubFolders folders = parent.hub().read().folders();
        return new Overrides(new RouteFolders(
                folders.routes().toAbsolutePath(),
                folders.siteRoutes().toAbsolutePath(),
                folders.ext().toAbsolutePath()));
    }

    /** Makes one. */
    @Command(
            name = "override",
            description = {
                "Copies a shipped file to the site's own, where an upgrade leaves it alone; it then stands for the shipped one.",
                "'./hub check' tells when the shipped file has changed since, and what in it."
            },
            mixinStandardHelpOptions = true)
    static final class Make implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RoutesCommand parent;

        @Parameters(paramLabel = "FILE", description = "name of the file, or of its first route")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String name;

        @Override
        public Integer call() {
            System.out.println("edit " + overrides(parent).make(name));
            return 0;
        }
    }

    /** Notes that one is up to date. */
    @Command(
            name = "adopt",
            description =
                    "Notes that a file of the site's own has all that it needs of the shipped one as that is now.",
            mixinStandardHelpOptions = true)
    static final class Adopt implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private RoutesCommand parent;

        @Parameters(paramLabel = "FILE", description = "name of the file, or of its first route")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private String name;

        @Override
        public Integer call() {
            System.out.println("noted for " + overrides(parent).adopt(name));
            return 0;
        }
    }
}
