package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfigReader;
import dev.provhub.config.Listener;
import dev.provhub.routing.LiveRoutes;
import dev.provhub.routing.RouteCheck;
import dev.provhub.routing.RouteFile;
import dev.provhub.routing.RouteFolders;
import dev.provhub.routing.RouteSet;
import dev.provhub.routing.Traces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shipped route files edited at random and offered to a running hub. Whatever the edit, every route of the last set that was taken
 * listens; a set that is refused changes nothing. {@code -Dhub.test.mutations=1000 -Dhub.test.seed=1} for more and others.
 */
class RouteMutationIT {
    private static final long SEED = Long.getLong("hub.test.seed", 20_261_126);

    @TempDir
    private Path folder;

    @Test
    void randomEdits_neverStopAListenerThatAGoodFileDefines() throws Exception {
        OldTls.allow();
        HubConfig config = HubConfigReader.read(
                        Path.of("").toAbsolutePath(), Map.of(), HubUnderTest.settings(folder.resolve("data"), Map.of()))
                .resolved();
        RouteSet good = new RouteFolders(
                        Path.of("routes").toAbsolutePath(), folder.resolve("site"), folder.resolve("ext"))
                .read();
        Random random = new Random(SEED);
        int taken = 0;
        try (HubParts parts = HubParts.assemble(config, Clock.systemUTC())) {
            HubContext contexts = new HubContext(parts);
            RouteCheck check = new RouteCheck(contexts::trial, parts.steps(), List.of());
            try (LiveRoutes live =
                    LiveRoutes.start(good, check, contexts, new Traces(Clock.systemUTC()), Clock.systemUTC())) {
                Set<String> usual = running(live);
                assertThat(usual).contains("serve-http started", "serve-tftp started", "get-live started");
                int edits = Integer.getInteger("hub.test.mutations", 40);
                for (int edit = 0; edit < edits; edit++) {
                    RouteSet edited = mutated(good, random);
                    live.offer(edited);
                    if (edit % 10 == 0) {
                        boolean isGood = new RouteCheck(contexts::trial, parts.steps(), List.of())
                                .check(edited)
                                .isEmpty();
                        assertThat(live.refused().isEmpty())
                                .as("as somebody sees edit " + edit + " who knows nothing of those before")
                                .isEqualTo(isGood);
                    }
                    if (live.refused().isEmpty()) {
                        taken++;
                        live.offer(good);
                        assertThat(live.refused())
                                .as("good files after edit " + edit)
                                .isEmpty();
                    } else {
                        assertThat(live.refused()).as("edit " + edit).allSatisfy(problem -> assertThat(
                                        problem.message())
                                .isNotBlank());
                    }
                    assertThat(running(live)).as("routes after edit " + edit).isEqualTo(usual);
                    assertThat(answers(config.listeners().http()))
                            .as("http after edit " + edit)
                            .isTrue();
                    assertThat(answers(config.listeners().api()))
                            .as("api after edit " + edit)
                            .isTrue();
                }
                assertThat(taken).isBetween(1, edits - 1);
            }
        }
    }

    private static Set<String> running(LiveRoutes live) {
        return live.state().routes().stream()
                .map(route -> route.id() + " " + route.state())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean answers(Listener listener) {
        try (Socket socket = new Socket(InetAddress.getByName(listener.host()), listener.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static RouteSet mutated(RouteSet set, Random random) {
        List<RouteFile> files = new ArrayList<>(set.files());
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times && !files.isEmpty(); i++) {
            int which = random.nextInt(files.size());
            RouteFile file = files.get(which);
            if (random.nextInt(40) == 0) {
                files.remove(which);
            } else {
                files.set(which, new RouteFile(file.file(), edited(file.text(), set, random), file.site()));
            }
        }
        return new RouteSet(files);
    }

    private static String edited(String text, RouteSet set, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return "x";
        }
        int line = random.nextInt(lines.size());
        switch (random.nextInt(11)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(random.nextInt(lines.size())));
            case 2 -> Collections.swap(lines, line, random.nextInt(lines.size()));
            case 3 -> lines.set(line, " ".repeat(random.nextInt(3)) + lines.get(line));
            case 4 -> lines.set(line, lines.get(line).replaceFirst("^  ", ""));
            case 5 -> lines.set(line, withoutOne(lines.get(line), random));
            case 6 -> lines.set(line, withOne(lines.get(line), random));
            case 7 -> {
                return text.substring(0, random.nextInt(text.length()));
            }
            case 8 ->
                lines.set(
                        line, lines.get(line).replaceFirst(": .*", Matcher.quoteReplacement(": " + word(set, random))));
            case 9 -> lines.set(line, lines.get(line).replaceFirst("description: .*", "description: Do otherwise"));
            default -> lines.add(line, "# a comment");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withoutOne(String line, Random random) {
        if (line.isEmpty()) {
            return line;
        }
        int at = random.nextInt(line.length());
        return line.substring(0, at) + line.substring(at + 1);
    }

    private static String withOne(String line, Random random) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + "x{}[]:'\"#&*%- \t\u00e9".charAt(random.nextInt(16)) + line.substring(at);
    }

    private static String word(RouteSet set, Random random) {
        String text = set.files().get(random.nextInt(set.files().size())).text();
        String[] words = text.split("\\s+", -1);
        return words[random.nextInt(words.length)];
    }
}
