package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./hub rollout watch}: one rollout, shown anew while it goes on. */
@Command(
        name = "watch",
        description = "Shows a rollout anew whenever its numbers have changed, until it has ended or stopped.",
        mixinStandardHelpOptions = true)
final class RolloutWatchCommand extends RolloutCommand.OfOne {
    private static final Set<String> OVER = Set.of("finished", "stopped", "cancelled", "back");

    @Option(names = "--every", paramLabel = "SECONDS", description = "how often it looks", defaultValue = "2")
    private int every = 2;

    @Override
    public Integer call() {
        String before = "";
        while (true) {
            Optional<JsonNode> now = ApiOutput.body(parent.client().get(path()));
            if (now.isEmpty()) {
                return 1;
            }
            String text = RolloutText.view(now.get()).stripTrailing();
            if (!text.replaceFirst("may end at .*", "").equals(before)) {
                System.out.println(text + System.lineSeparator());
                before = text.replaceFirst("may end at .*", "");
            }
            String state = now.get().path("state").asText();
            if (OVER.contains(state)) {
                return state.equals("stopped") ? 1 : 0;
            }
            waitOnce();
        }
    }

    private void waitOnce() {
        try {
            TimeUnit.SECONDS.sleep(Math.max(1, every));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
