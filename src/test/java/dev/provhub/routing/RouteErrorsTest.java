package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told who has mistaken something in a route file: where it is, what it is, and what was meant. */
class RouteErrorsTest {
    private static final String GOOD = """
            - route:
                id: my-flow
                description: Do something now and then
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct
                  parameters:
                    name: in
                  steps:
                    - log:
                        id: my-flow-log
                        message: "kind is ${exchangeProperty.hubKind}"
                    - bean:
                        id: my-flow-step
                        ref: contacts
                        method: run
                    - filter:
                        id: my-flow-filter
                        expression:
                          simple:
                            expression: "${exchangeProperty.hubKind} == 'key'"
                        steps:
                          - to:
                              id: my-flow-to
                              uri: file
                              parameters:
                                directoryName: "{{hub.import.dir}}"
                                fileExist: Append
                                flatten: true
            """;

    @TempDir
    private Path folder;

    /** A bean that routes of this test call. */
    public static final class Step {
        /** Does nothing. */
        public void run() {}
    }

    private static CamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext(false);
        context.getRegistry().bind("contacts", new Step());
        context.getPropertiesComponent().addInitialProperty("hub.import.dir", "data/import");
        return context;
    }

    private List<RouteProblem> check(String text) throws IOException {
        Files.writeString(folder.resolve("my-flow.camel.yaml"), text);
        return new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step(), "crm", new Step()), List.of())
                .check(RouteFiles.below(folder));
    }

    @Test
    void check_goodFile_hasNothingToSay() throws IOException {
        assertThat(check(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            fileExist: Append    | fileExst: Append    | 28 | 21 | has no option 'fileExst'              | fileExist
            fileExist: Append    | fileExist: Appendd  | 28 | 32 | 'Appendd' is none of                  | Append
            flatten: true        | flatten: often      | 29 | 30 | 'flatten' is 'often', which is not    |
            uri: file            | uri: fiel           | 25 | 24 | there is no component 'fiel'          | file
            hub.import.dir       | hub.import.dri      | 27 | 36 | placeholder {{hub.import.dri}}        | hub.import.dir
            hub.import.dir       | site.period         | 27 | 36 | placeholder {{site.period}}           |
            hubKind}"            | hubKind"            | 12 | 22 | a '}' is missing                      |
            hubKind} ==          | hubKind ==          | 21 | 29 | a '}' is missing                      |
            ${exchangeProperty.hubKind} == | ${exchangePropery.hubKind} == | 21 | 29 | no function 'exchangePropery' | exchangeProperty
            "kind is ${exchangeProperty.hubKind}" | "${boddy}" | 12 | 22 | no function 'boddy'            | body
            - bean:              | - baen:             | 13 | 11 | there is no 'baen' here               | bean
            ref: contacts        | reff: contacts      | 15 | 13 | there is no 'reff' here, in 'my-flow-step' | ref
            simple:              | simpel:             | 20 | 15 | there is no 'simpel' here, in 'my-flow-filter' | simple
            ref: contacts        | ref: only-from-office | 15 | 18 | there is no step or bean 'only-from-office', and no file ext/only-from-office.groovy |
            ref: contacts        | ref: con            | 15 | 18 | there is no step or bean 'con'        |
            ref: contacts        | ref: contcts        | 15 | 18 | there is no step or bean 'contcts'    | contacts
            """)
    void check_mistake_isToldOnceWithItsPlaceAndWhatWasMeant(
            String good, String bad, int line, int column, String reason, String suggestion) throws IOException {
        assertThat(GOOD).contains(good);
        String text = GOOD.replace(good, bad);

        assertThat(check(text)).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(reason).doesNotContain("Route(", "/0/", "\n");
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
        });
    }

    @Test
    void check_durationThatIsNone_isRefusedWhereItStands() throws IOException {
        String timer = GOOD.replace("errorHandler: {noErrorHandler: {}}", "routeConfigurationId: \"*\"")
                .replace("uri: direct", "uri: timer")
                .replace("name: in", "timerName: in\n        period: often");

        assertThat(check(timer)).singleElement().satisfies(problem -> {
            assertThat(problem.toString())
                    .contains("my-flow.camel.yaml:9:17: 'period' is 'often', which is not a duration");
        });
        assertThat(check(timer.replace("often", "60000"))).isEmpty();
        assertThat(check(timer.replace("period: often", "perod: 60000")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .endsWith(":9:9: component 'timer' has no option 'perod'; did you mean 'period'?"));
    }

    @Test
    void check_propertyOfABeanThatIsMisspelt_isToldWithoutItsValue() throws IOException {
        String beans = """
                - beans:
                    - name: crm
                      type: org.h2.jdbcx.JdbcDataSource
                      properties:
                        pasword: s3cr3t-db
                """;
        assertThat(check(beans)).singleElement().satisfies(problem -> assertThat(problem.toString())
                .contains("the property 'pasword' cannot be set")
                .doesNotContain("s3cr3t"));
        assertThat(check(beans.replace("JdbcDataSource", "JdbcDatasource").replace("pasword", "password")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("there is no class org.h2.jdbcx.JdbcDatasource")
                        .doesNotContain("s3cr3t"));
    }

    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: tell-sink
              labels:
                camel.apache.org/kamelet.type: "sink"
            spec:
              definition:
                title: Tell Sink
                description: Tell somebody
                type: object
                required: [word]
                properties:
                  word:
                    title: Word
                    description: What is told
                    type: string
                  loudly:
                    title: Loudly
                    description: How
                    type: boolean
                    default: false
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - log:
                        message: "{{word}} {{loudly}}"
            """;

    @Test
    void check_propertyOfAKameletOfAnotherType_isToldWhereItIsGiven() throws IOException {
        Files.writeString(folder.resolve("tell-sink.kamelet.yaml"), KAMELET);
        String text = GOOD.substring(0, GOOD.indexOf("directoryName")) + "word: 5\n                    loudly: often\n";
        Files.writeString(folder.resolve("my-flow.camel.yaml"), text.replace("uri: file", "uri: kamelet:tell-sink"));

        assertThat(new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                        .check(List.of(folder.resolve("my-flow.camel.yaml"), folder.resolve("tell-sink.kamelet.yaml"))))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString())
                                .endsWith(
                                        ":28:29: the property 'loudly' of Kamelet 'tell-sink' must be true or false, not 'often'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            kamelet:tell-sink | word: x     |
            kamelet:tel-sink  | word: x     | :25:24: there is no Kamelet 'tel-sink'; did you mean 'tell-sink'?
            kamelet:tell-sink | word: {{y}} | :27:27: nothing is set for the placeholder {{y}}
            kamelet:tell-sink | loudly: true | :25:24: Kamelet 'tell-sink' needs the property 'word'
            """)
    void check_useOfAKamelet_isJudgedByWhatItSaysOfItself(String uri, String parameter, @Nullable String told)
            throws IOException {
        Files.writeString(folder.resolve("tell-sink.kamelet.yaml"), KAMELET);
        String text =
                GOOD.substring(0, GOOD.indexOf("directoryName")) + parameter.replaceAll("\\{\\{.*", "\"$0\"") + "\n";
        Files.writeString(folder.resolve("my-flow.camel.yaml"), text.replace("uri: file", "uri: " + uri));

        List<RouteProblem> problems = new RouteCheck(
                        RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                .check(List.of(folder.resolve("my-flow.camel.yaml"), folder.resolve("tell-sink.kamelet.yaml")));

        if (told == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.toString())
                    .endsWith(told));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uri: file|directoryName: x|delay: 1h30m",
                "uri: file|directoryName: x|readLockLoggingLevel: debug",
                "uri: file|directoryName: x|scheduler: quartz|scheduler.cron: 0 0 * * * ?",
                "uri: timer|timerName: x|period: RAW(500)",
                "uri: timer|timerName: x|period: PT5S",
                "uri: http|httpUri: http://127.0.0.1:9|page: 5",
                "uri: direct|name: in|timeout: 5s",
                "uri: seda|name: x|size: \"{{?size}}\"|waitForTaskToComplete: never"
            })
    void optionsThatCamelTakes_areTaken(String endpoint) throws IOException {
        String[] words = endpoint.split("[|]", -1);
        String text = GOOD.substring(0, GOOD.indexOf("uri: file")) + words[0] + "\n                  parameters:\n"
                + java.util.Arrays.stream(words)
                        .skip(1)
                        .map(word -> "                    " + word + "\n")
                        .collect(java.util.stream.Collectors.joining());

        assertThat(apart(text)).isEmpty();
    }

    /** What is found before anything is loaded. */
    private List<RouteProblem> apart(String text) {
        RouteFile file = new RouteFile(folder.resolve("my-flow.camel.yaml"), text, false);
        CamelContext context = context();
        context.build();
        return EndpointCheck.check(new CamelNames(context), file, dev.provhub.config.YamlNode.parse(file.file(), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${bean:nobody.run}", "${ref:nobody}", "{{bean:nobody.run}}"})
    void beansThatAreNotThereYet_areLeftToLoading(String text) {
        assertThat(apart(GOOD.replace("kind is ${exchangeProperty.hubKind}", text)))
                .isEmpty();
    }

    @Test
    void check_stepsIndentedTooFar_areToldWithTheLineInWhichTheyStand() throws IOException {
        String text = GOOD.substring(0, GOOD.indexOf("      steps:\n")) + "        steps:\n          - stop: {}\n";

        assertThat(check(text)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(6);
            assertThat(problem.message())
                    .contains("'steps' is missing here; one stands below 'parameters', in line 9", "in 'my-flow'");
        });
    }

    @Test
    void check_lineIndentedTooLittle_isToldWithItsColumn() throws IOException {
        assertThat(check(GOOD.replace("            ref: contacts", "           ref: contacts")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(15);
                    assertThat(problem.column()).isEqualTo(12);
                    assertThat(problem.message()).contains("not indented as those are");
                });
    }

    @Test
    void check_whatOnlyCamelFinds_isToldAtItsStepWithoutThePrintOfTheRoute() throws IOException {
        String text = GOOD.replace("directoryName: \"{{hub.import.dir}}\"", "directoryName: \"${x}\"");

        assertThat(check(text)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(25);
            assertThat(problem.column()).isPositive();
            assertThat(problem.message()).doesNotContain("Route(", "because").hasSizeLessThan(300);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${headers.CamelFileName}",
                "${random(100)} < 100",
                "${date:now:yyyy}",
                "${file:name}",
                "${in.body}"
            })
    void check_whatSimpleKnows_isTaken(String simple) throws IOException {
        assertThat(check(GOOD.replace("kind is ${exchangeProperty.hubKind}", simple)))
                .isEmpty();
    }

    @Test
    void check_beanWithoutStep_isToldAtTheStep() throws IOException {
        Files.writeString(folder.resolve("my-flow.camel.yaml"), GOOD.replace("            ref: contacts\n", ""));
        assertThat(new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                        .check(RouteFiles.below(folder)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .endsWith(":14:13: step 'my-flow-step' calls nothing; write 'ref:' with the name of a step;"
                                + " did you mean 'contacts'?"));
        String half = GOOD.substring(0, GOOD.indexOf("        - bean:")) + "        - bean:\n            id: record\n";
        assertThat(check(half)).singleElement().satisfies(problem -> assertThat(problem.toString())
                .endsWith(":14:13: step 'record' calls nothing; write 'ref:' with the name of a step"));
        assertThat(check(half.replace("            id: record\n", "")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(13);
                    assertThat(problem.column()).isPositive();
                });
    }

    private List<RouteProblem> checkKamelet(String text) throws IOException {
        Files.writeString(folder.resolve("tell-sink.kamelet.yaml"), text);
        return new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                .check(List.of(folder.resolve("tell-sink.kamelet.yaml")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            - log:     | - lgo:      | 27 | 11 | there is no 'lgo' here     | log
            message:   | mesage:     | 28 | 13 | there is no 'mesage' here  | message
            - log:     | - bean:      | 28 | 13 | there is no 'message' here |
            - log:\\n            message: "{{word}} {{loudly}}" | - setBody:\\n            expression: | 28 | 24 | an expression is missing here |
            from:\\n      uri: | from:\\n      urri: | 25 | 7 | there is no 'urri' here | uri
            """)
    void check_mistakeInTheTemplateOfAKamelet_isToldAsInARoute(
            String good, String bad, int line, int column, String reason, @Nullable String suggestion)
            throws IOException {
        assertThat(checkKamelet(KAMELET)).isEmpty();
        String from = good.replace("\\n", "\n");
        assertThat(KAMELET).contains(from);

        assertThat(checkKamelet(KAMELET.replace(from, bad.replace("\\n", "\n"))))
                .anySatisfy(problem -> {
                    assertThat(problem.message()).contains(reason).doesNotContain("file:/", "\n");
                    assertThat(problem.line()).isEqualTo(line);
                    assertThat(problem.column()).isEqualTo(column);
                    assertThat(problem.suggestion()).isEqualTo(suggestion == null ? "" : suggestion);
                })
                .hasSize(1);
    }

    @Test
    void check_mistakesOfSeveralFilesAndKinds_areToldAtOnce() throws IOException {
        Files.writeString(folder.resolve("tell-sink.kamelet.yaml"), KAMELET);
        Path groovy = Files.writeString(folder.resolve("north.groovy"), "message.body = (1\n");
        Path noYaml = write("second-flow", GOOD.replace("            ref: contacts", "           ref: contacts"));
        Path form = write("third-flow", other("third-flow").replace("- bean:", "- baen:"));
        Path option = write(
                "fourth-flow",
                other("fourth-flow")
                        .replace("fileExist: Append", "fileExst: Append")
                        .replace("ref: contacts", "ref: contcts"));
        Path property = write("fifth-flow", """
                - beans:
                    - name: crm
                      type: org.h2.jdbcx.JdbcDataSource
                      properties:
                        pasword: s3cr3t-db
                - beans:
                    - name: billing
                      type: org.h2.jdbcx.JdbcDataSourc
                """);
        Path loading = write(
                "sixth-flow",
                other("sixth-flow").replace("directoryName: \"{{hub.import.dir}}\"", "directoryName: \"${x}\""));

        List<RouteProblem> problems = new RouteCheck(
                        RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                .check(List.of(noYaml, form, option, property, loading, groovy));

        assertThat(problems)
                .extracting(one -> one.file().getFileName() + ":" + one.line())
                .containsExactlyInAnyOrder(
                        "second-flow.camel.yaml:15",
                        "third-flow.camel.yaml:13",
                        "fourth-flow.camel.yaml:15",
                        "fourth-flow.camel.yaml:28",
                        "fifth-flow.camel.yaml:5",
                        "fifth-flow.camel.yaml:8",
                        "sixth-flow.camel.yaml:25",
                        "north.groovy:"
                                + problems.stream()
                                        .filter(one -> one.file().equals(groovy))
                                        .findFirst()
                                        .orElseThrow()
                                        .line());
    }

    @Test
    void check_whatOnlyFollowsFromAnotherMistake_isNotTold() throws IOException {
        Path broken = write("second-flow", other("second-flow").replace("          steps:", "         steps:"));
        Path caller = write(
                "third-flow",
                other("third-flow").replace("ref: contacts", "ref: north").replaceAll("uri: file(.|\\n)*", """
                        uri: direct
                                          parameters:
                                            name: second-flow-in
                        """));
        Path groovy = Files.writeString(folder.resolve("north.groovy"), "message.body = (1\n");

        assertThat(new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                        .check(List.of(broken, caller, groovy)))
                .extracting(RouteProblem::file)
                .containsOnly(broken, groovy);
    }

    private Path write(String stem, String text) throws IOException {
        return Files.writeString(folder.resolve(stem + ".camel.yaml"), text);
    }

    private static String other(String stem) {
        return GOOD.replace("my-flow", stem).replace("name: in", "name: " + stem + "-in");
    }

    @Test
    void check_scriptThatIsNone_isToldWithoutItsText() throws IOException {
        Path script = Files.writeString(folder.resolve("north-range.groovy"), """
                def password = 's3cr3t'
                if (body.find('north') && ('north' == (password)) {
                    message.body = body.withText('s3cr3t')
                }
                """);

        assertThat(new RouteCheck(RouteErrorsTest::context, Map.of("contacts", new Step()), List.of())
                        .check(List.of(script)))
                .isNotEmpty()
                .allSatisfy(problem -> {
                    assertThat(problem.line()).isPositive();
                    assertThat(problem.column()).isPositive();
                    assertThat(problem.message())
                            .doesNotContain("s3cr3t", "withText", "message.body", "\\n")
                            .isNotBlank();
                });
    }
}
