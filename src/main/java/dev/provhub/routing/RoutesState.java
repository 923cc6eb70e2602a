package dev.provhub.routing;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the routes of a running hub are.
 *
 * @param routes  all that run, by id
 * @param since   when the last edit came into force; of the start when there was none
 * @param refused what is wrong with the files as they are now; empty when they are in force
 * @param warnings what is odd about them and keeps nothing from running
 * @param reloads how many edits came into force, were refused, and failed when they were put in force
 */
public record RoutesState(
        List<Running> routes, Instant since, List<RouteProblem> refused, List<RouteProblem> warnings, Reloads reloads) {
    /** Copies lists. */
    public RoutesState {
        routes = List.copyOf(routes);
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /**
     * How edits ended, since the start.
     *
     * @param withdrawn refused ones after which the files were put back as what runs
     */
    public record Reloads(long applied, long refused, long failed, long withdrawn) {}

    /**
     * A route that runs.
     *
     * @param from  what it takes from, without options
     * @param state {@code started}, {@code stopped} or {@code suspended}
     * @param file  where it stands now
     * @param line  where it begins
     * @param site  whether the file is the site's own
     */
    public record Running(
            String id,
            String description,
            String from,
            String state,
            Path file,
            int line,
            boolean site,
            Figures figures) {}

    /**
     * What it has done since the start of the hub.
     *
     * @param lastError in words, without secrets; null for none
     * @param lastErrorAt null for none
     * @param lastErrorIn the step that failed; null for none, or when no step did
     */
    public record Figures(
            long exchanges,
            long failures,
            int inFlight,
            double meanMillis,
            double worstMillis,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt,
            @Nullable Place lastErrorIn) {}

    /**
     * A step in a file.
     *
     * @param step   its id
     * @param file   null when it is not in the files as they are now
     * @param line   from 1
     * @param script file and line of the script that it has run, such as {@code ext/my-step.groovy:2}; empty for none
     */
    public record Place(String step, @Nullable Path file, int line, String script) {}
}
