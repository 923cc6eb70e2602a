package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelet that docs/how-to/write-your-own-kamelet.md shows does what the page says. */
class DocumentedKameletTest {
    private static final Path PAGE = Path.of("docs/how-to/write-your-own-kamelet.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    @TempDir
    private Path folder;

    private CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getPropertiesComponent()
                .addInitialProperty("SITE_COPIES", folder.resolve("copies").toString());
        context.build();
        return context;
    }

    private List<Path> files() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        assertThat(blocks.find()).isTrue();
        Path kamelet = Files.writeString(folder.resolve("site-keep-copy-sink.kamelet.yaml"), blocks.group(1));
        assertThat(blocks.find()).isTrue();
        return List.of(kamelet, Files.writeString(folder.resolve("copy-message.camel.yaml"), blocks.group(1)));
    }

    @Test
    void kamelet_whosePropertyIsOneOfSomeWords_isTaken() throws IOException {
        List<Path> files = files();
        String text = Files.readString(files.get(0));
        String property =
                "      level: {title: Level, description: How much it matters, type: string, default: INFO}\n";
        String step = "        - log: {message: kept, loggingLevel: \"{{level}}\"}\n";
        Files.writeString(
                files.get(0),
                text.replace("      ending:\n", property + "      ending:\n")
                        .replace("        - to:\n", step + "        - to:\n"));

        assertThat(new RouteCheck(this::context, Map.of(), List.of()).check(files))
                .isEmpty();
    }

    @Test
    void page_showsAKameletThatIsTakenAndDoesWhatItSays() throws Exception {
        List<Path> files = files();
        assertThat(new RouteCheck(this::context, Map.of(), List.of()).check(files))
                .isEmpty();
        List<Trace> traces = new CopyOnWriteArrayList<>();
        Traces follow = new Traces(Clock.systemUTC());
        follow.follow(traces::add);
        try (CamelContext context = context()) {
            context.getCamelContextExtension().addInterceptStrategy(follow);
            RouteLoading.load(context, RouteSet.of(files));
            context.start();
            context.createProducerTemplate().sendBody("direct:copy-message", "{}");
        }

        try (Stream<Path> copies = Files.list(folder.resolve("copies"))) {
            assertThat(copies).singleElement().satisfies(copy -> {
                assertThat(copy.toString()).endsWith(".json");
                assertThat(copy).hasContent("{}");
            });
        }
        assertThat(traces)
                .flatExtracting(Trace::steps)
                .extracting(Trace.Step::id)
                .contains("copy-message-keep", "site-keep-copy-sink/setHeader-1", "site-keep-copy-sink/to-1");
    }

    @Test
    void stepOfAKameletThatFails_isToldByTheKameletAndItsPlaceThere() throws Exception {
        List<Path> files = files();
        Files.writeString(folder.resolve("copies"), "a file where a folder should be");
        List<String> failed = new CopyOnWriteArrayList<>();
        try (CamelContext context = context()) {
            context.getCamelContextExtension().addInterceptStrategy(new Traces(Clock.systemUTC()));
            RouteLoading.load(context, RouteSet.of(files));
            context.start();
            var sent = context.createProducerTemplate()
                    .send("direct:copy-message", one -> one.getMessage().setBody("{}"));
            FailedStep.of(sent, sent.getException()).map(FailedStep::step).ifPresent(failed::add);
        }
        assertThat(failed).containsExactly("site-keep-copy-sink/to-1");
    }
}
