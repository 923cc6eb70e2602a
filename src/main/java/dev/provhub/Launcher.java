package dev.provhub;

import dev.provhub.command.HubLauncher;
import dev.provhub.command.RunningHub;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.routing.RouteCheck;
import dev.provhub.routing.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Starts hubs for the commands. */
final class Launcher implements HubLauncher {
    private final Clock clock;

    Launcher(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunningHub start(HubConfig config) {
        return Hub.start(config.withListeners(config.listeners().resolved()), clock);
    }

    /** Puts a whole hub together on a database in memory and a folder that is deleted again, and starts none of its routes. */
    @Override
    public Findings check(HubConfig config) {
        try {
            Path scratch = Files.createTempDirectory("hub-check");
            try (HubParts parts = HubParts.assemble(HubParts.forCheck(config, scratch), clock)) {
                RouteCheck check = new RouteCheck(() -> HubContext.create(parts));
                List<String> problems = check
                        .check(RouteFiles.below(config.folders().routes()))
                        .stream()
                        .map(Object::toString)
                        .toList();
                return new Findings(problems, parts.remarks());
            } finally {
                delete(scratch);
            }
        } catch (IllegalConfigurationException e) {
            return new Findings(List.of(e.getMessage()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder for the check", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
