package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCheckTest {
    private static final String GOOD = """
            - routeConfiguration:
                id: errors
                onException:
                  - onException:
                      exception:
                        - java.lang.Throwable
                      steps:
                        - stop: {}
            - route:
                id: do-this
                description: Do this
                routeConfigurationId: errors
                from:
                  uri: direct
                  parameters:
                    name: in
                  steps:
                    - choice:
                        when:
                          - expression:
                              simple:
                                expression: "${body} == 'x'"
                            steps:
                              - bean:
                                  ref: step
                                  method: run
            """;

    @TempDir
    private Path folder;

    /** A bean that routes of this test call. */
    public static final class Step {
        /** Does nothing. */
        public void run() {}
    }

    /** Brings nothing, because nobody said from where. */
    private static final class Nowhere extends DefaultComponent {
        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new IllegalArgumentException("a server must be named");
                }
            };
        }
    }

    private List<RouteProblem> check(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        RouteCheck check = new RouteCheck(() -> {
            DefaultCamelContext context = new DefaultCamelContext(false);
            context.getRegistry().bind("step", new Step());
            context.addComponent("nowhere", new Nowhere());
            return context;
        });
        return check.check(RouteFiles.below(folder));
    }

    @Test
    void check_goodFile_hasNothingToSay() throws IOException {
        assertThat(check("do-this.camel.yaml", GOOD)).isEmpty();
    }

    @Test
    void check_routeThatCannotBeStartedBesideARest_isNamedWithTheReason() throws IOException {
        String broken = """
                - rest:
                    id: things
                    path: /things
                    get:
                      - id: get-things
                        to: direct:in
                """ + GOOD
                + GOOD.substring(GOOD.indexOf("- route:\n"))
                        .replace("id: do-this", "id: do-this-feed")
                        .replace("uri: direct", "uri: nowhere");

        assertThat(check("do-this.camel.yaml", broken)).anySatisfy(problem -> {
            assertThat(problem.file()).hasFileName("do-this.camel.yaml");
            assertThat(problem.message()).contains("a server must be named");
        });
    }

    @Test
    void check_partThatLeavesFailuresToItsCaller_hasNothingToSay() throws IOException {
        String part = GOOD.replace("routeConfigurationId: errors", "errorHandler: {noErrorHandler: {}}");

        assertThat(check("do-this.camel.yaml", part)).isEmpty();
        assertThat(check("do-this.camel.yaml", part.replace("uri: direct", "uri: seda")))
                .anySatisfy(problem -> assertThat(problem.message()).contains("names no routeConfigurationId"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id: do-this                         | id: do-that          | 10 | the route's id is 'do-that'; it must be 'do-this'
            description: Do this                |                      | 10 | has no description
            routeConfigurationId: errors        |                      | 10 | names no routeConfigurationId
            uri: direct                         | uri: direct:x        | 14 | short form
            name: in                            | name: [in            | 0  | is not YAML
            - bean:                             | - baen:              | 24 | schema
            method: run                      | method: misspelt     | 0  | misspelt
            ref: step                           | ref: missing         | 0  | missing
            - route:                            | - rotue:             | 9  | schema
            """)
    void check_badEdit_isNamedWithFileLineAndReason(String good, @Nullable String bad, int line, String reason)
            throws IOException {
        List<RouteProblem> problems = check("do-this.camel.yaml", GOOD.replace(good, bad == null ? "" : bad));

        assertThat(problems).allSatisfy(problem -> assertThat(problem.file()).hasFileName("do-this.camel.yaml"));
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem.message()).contains(reason))
                .filteredOn(problem -> problem.message().contains(reason))
                .allSatisfy(
                        problem -> assertThat(line == 0 ? 0 : problem.line()).isEqualTo(line));
    }

    @Test
    void check_shortExpression_isRefused() throws IOException {
        String shortForm = GOOD.replaceAll("(?s)- expression:.*?== 'x'\"", "- simple: \"\\${body} == 'x'\"");

        assertThat(check("do-this.camel.yaml", shortForm))
                .anySatisfy(problem -> assertThat(problem.message()).contains("short form of an expression"));
    }

    @Test
    void check_copyOfARouteThatKeepsTheIdsOfItsSteps_isRefusedAtTheStepWithThePlaceOfTheOther() throws IOException {
        String with = GOOD.replace("- bean:\n", "- bean:\n                      id: confirm\n");
        assertThat(check("do-this.camel.yaml", with)).isEmpty();
        String copy = with.substring(with.indexOf("- route:"))
                .replace("id: do-this", "id: do-this-new")
                .replace("name: in", "name: in-new");

        assertThat(check("do-this-new.camel.yaml", copy)).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("do-this");
            assertThat(problem.line()).isPositive();
            assertThat(problem.message())
                    .contains("the id 'confirm' is that of a step of another route, in do-this", " line ");
        });
        assertThat(check("do-this-new.camel.yaml", copy.replace("id: confirm", "id: confirm-new")))
                .isEmpty();
    }

    @Test
    void check_directThatNobodyConsumes_isFoundOverTheWholeSet() throws IOException {
        String toNowhere = GOOD.replaceAll(
                "(?s)- bean:.*",
                "- to:\n                        uri: direct\n                        parameters:\n                          name: nowhere\n");

        assertThat(check("do-this.camel.yaml", toNowhere))
                .anySatisfy(problem -> assertThat(problem.message()).contains("nothing consumes direct:nowhere"));
    }

    @Test
    void check_fileNameWithCapitals_isRefused() throws IOException {
        assertThat(check("DoThis.camel.yaml", GOOD))
                .anySatisfy(problem -> assertThat(problem.message()).contains("lower case"));
    }

    private static final String TWO = """
            - route:
                id: do-that
                description: Do that
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: direct
                  parameters:
                    name: that
                  steps:
                    - to:
                        uri: direct
                        parameters:
                          name: "{{called}}"
            """;

    /** A check that notes the routes that it has Camel load. */
    private static RouteCheck noting(List<String> loaded) {
        return new RouteCheck(() -> {
            DefaultCamelContext context = new DefaultCamelContext(false);
            context.getRegistry().bind("step", new Step());
            context.getPropertiesComponent().addInitialProperty("called", "in");
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onRoutesAdd(Collection<Route> routes) {
                    routes.forEach(route -> loaded.add(route.getRouteId()));
                }
            });
            return context;
        });
    }

    private List<RouteProblem> again(RouteCheck check) {
        return check.check(RouteFiles.below(folder));
    }

    @Test
    void check_editedSet_loadsOnlyWhatDiffers() throws IOException {
        List<String> loaded = new ArrayList<>();
        RouteCheck check = noting(loaded);
        Files.writeString(folder.resolve("do-this.camel.yaml"), GOOD);
        Files.writeString(folder.resolve("do-that.camel.yaml"), TWO);
        assertThat(again(check)).isEmpty();
        assertThat(loaded).containsExactlyInAnyOrder("do-this", "do-that");

        loaded.clear();
        Files.writeString(folder.resolve("do-that.camel.yaml"), TWO.replace("Do that", "Do that soon"));
        assertThat(again(check)).isEmpty();
        assertThat(loaded).containsExactly("do-that");

        loaded.clear();
        assertThat(again(check)).isEmpty();
        assertThat(loaded).isEmpty();
    }

    @Test
    void check_editThatTakesAwayWhatAnUnchangedRouteCalls_isRefusedAndTheFileBeforeTakenAgain() throws IOException {
        RouteCheck check = noting(new ArrayList<>());
        Files.writeString(folder.resolve("do-this.camel.yaml"), GOOD);
        Files.writeString(folder.resolve("do-that.camel.yaml"), TWO);
        assertThat(again(check)).isEmpty();

        Files.writeString(folder.resolve("do-this.camel.yaml"), GOOD.replace("name: in", "name: out"));
        assertThat(again(check)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("nothing consumes direct:in"));
        Files.delete(folder.resolve("do-this.camel.yaml"));
        assertThat(again(check)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("nothing consumes direct:in"));
        Files.writeString(folder.resolve("do-this.camel.yaml"), GOOD);
        assertThat(again(check)).isEmpty();
    }

    @Test
    void check_editThatListensWhereAnUnchangedRouteDoes_isRefusedAtTheEditedFile() throws IOException {
        RouteCheck check = noting(new ArrayList<>());
        String listening =
                GOOD.replace("uri: direct", "uri: jetty").replace("name: in", "httpUri: http://127.0.0.1:8123/x");
        Files.writeString(folder.resolve("do-this.camel.yaml"), listening);
        String other = listening.substring(listening.indexOf("- route:")).replace("do-this", "do-that");
        Files.writeString(folder.resolve("do-that.camel.yaml"), other.replace("8123", "8124"));
        assertThat(again(check)).isEmpty();

        Files.writeString(folder.resolve("do-that.camel.yaml"), other);
        assertThat(again(check)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains("route 'do-that' listens where 'do-this' does already");
            assertThat(problem.file()).isEqualTo(folder.resolve("do-that.camel.yaml"));
        });
    }

    private static final String PATH = """
            - rest:
                id: some-path
                path: /some
                description: A path
                get:
                  - id: get-some
                    to: direct:in
            """;

    @Test
    void check_misspeltOptionBesideAPath_isNamedWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("some-path.camel.yaml"), PATH);
        String misspelt = GOOD.replace("name: in\n", "name: in\n        timeuot: 5\n");

        assertThat(check("do-this.camel.yaml", misspelt)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).hasFileName("do-this.camel.yaml");
            assertThat(problem.line()).isEqualTo(17);
            assertThat(problem.message()).contains("timeuot");
            assertThat(problem.suggestion()).isEqualTo("timeout");
        });
    }
}
