package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.MacAddress;
import dev.provhub.silence.SilenceWatch;
import dev.provhub.silence.Silences;
import dev.provhub.silence.SilentDevice;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code silence}: devices of which nothing is heard any more, and those that came back. */
public final class SilenceStep {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final SilenceWatch watch;
    private final Silences silences;
    private final Words words;

    /**
     * How it is told.
     *
     * @param silent   of a device that is silent
     * @param returned of one that is not any more
     */
    public record Words(Function<SilentDevice, String> silent, Function<SilentDevice, String> returned) {}

    /** Needs the watch, what it has found, and how it is told. */
    public SilenceStep(SilenceWatch watch, Silences silences, Words words) {
        this.watch = watch;
        this.silences = silences;
        this.words = words;
    }

    /** Leaves the events that are to be told in the body: a list of CloudEvents as JSON, mostly empty. */
    public void look(Exchange exchange) {
        SilenceWatch.Change change = watch.take();
        if (!change.silent().isEmpty() || !change.returned().isEmpty()) {
            LOG.info(
                    "Silence changed silent={} returned={}",
                    change.silent().size(),
                    change.returned().size());
        }
        exchange.getMessage()
                .setBody(Stream.concat(
                                change.silent().stream().map(words.silent()),
                                change.returned().stream().map(words.returned()))
                        .toList());
    }

    /**
     * Silent devices in order of their names: {@code limit} (1 to 1000, 100 when missing) behind the one named {@code after}; {@code
     * next} is what to say there for the page after.
     */
    public void list(Exchange exchange) {
        try {
            int limit = (int) QueryNumbers.of(exchange, "limit", USUAL, MOST);
            String after = exchange.getMessage().getHeader("after", "", String.class);
            List<SilentDevice> page = silences.list(after.isEmpty() ? null : MacAddress.parse(after), limit);
            ObjectNode json = JSON.createObjectNode();
            ArrayNode all = json.putArray("devices");
            page.forEach(one -> all.addObject()
                    .put("mac", one.mac().hex())
                    .put("since", one.since().toString())
                    .put("periodSeconds", one.period().toSeconds()));
            json.put("next", page.size() == limit ? page.get(limit - 1).mac().hex() : null);
            ApiAnswers.json(exchange, 200, json.toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", String.valueOf(e.getMessage()));
        }
    }
}
