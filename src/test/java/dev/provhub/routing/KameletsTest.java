package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provhub.config.YamlNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped Kamelets, by what the validator of Apache Camel's own catalog of Kamelets asks of each; but their provider is us. The
 * reference page is made of them.
 */
class KameletsTest {
    private static final Path FOLDER = Path.of("routes/kamelets");
    private static final Path PAGE = Path.of("docs/reference/kamelets.md");
    private static final String ENDING = ".kamelet.yaml";
    private static final String CREDENTIALS = "urn:camel:group:credentials";
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{[?]?([A-Za-z0-9-._]+)(?::[^}]*)?}}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with");

    /** A Kamelet and the file in which it stands. */
    private record Kamelet(String file, JsonNode json) {
        String name() {
            return json.at("/metadata/name").asText();
        }

        String kind() {
            return json.path("metadata")
                    .path("labels")
                    .path("camel.apache.org/kamelet.type")
                    .asText();
        }

        String annotation(String name) {
            return json.path("metadata")
                    .path("annotations")
                    .path("camel.apache.org/" + name)
                    .asText();
        }

        JsonNode definition() {
            return json.at("/spec/definition");
        }

        JsonNode template() {
            return json.at("/spec/template");
        }
    }

    private static Kamelet read(Path file, String text) {
        return new Kamelet(String.valueOf(file.getFileName()), YamlJson.of(YamlNode.parse(file, text), NUMBER));
    }

    private static List<Kamelet> shipped() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .map(file -> {
                        try {
                            return read(file, Files.readString(file));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static List<String> check(List<Kamelet> all) {
        List<String> remarks = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        Set<String> descriptions = new HashSet<>();
        for (Kamelet one : all) {
            names(one, remarks);
            definition(one, remarks);
            annotations(one, remarks);
            dependencies(one, remarks);
            parameters(one, remarks);
            if (!titles.add(one.definition().path("title").asText())) {
                remarks.add("the title is that of another");
            }
            if (!descriptions.add(one.definition().path("description").asText())) {
                remarks.add("the description is that of another");
            }
        }
        return remarks;
    }

    private static void names(Kamelet one, List<String> remarks) {
        if (!one.file().equals(one.name() + ENDING)) {
            remarks.add("the file is not called as the Kamelet is");
        }
        if (!Set.of("source", "sink", "action").contains(one.kind())) {
            remarks.add("the type is none");
        } else if (!one.name().endsWith("-" + one.kind())) {
            remarks.add("the name does not end in the type");
        }
    }

    private static void definition(Kamelet one, List<String> remarks) {
        JsonNode definition = one.definition();
        if (one.template().isMissingNode()) {
            remarks.add("there is no template");
        }
        String kind = one.kind();
        String ending = kind.isEmpty() ? "" : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        if (!definition.path("title").asText().endsWith(ending)
                || definition.path("title").asText().isEmpty()) {
            remarks.add("the title does not end in the type");
        }
        if (definition.path("description").asText().isEmpty()) {
            remarks.add("there is no description");
        }
        if (!definition.path("type").asText().equals("object")) {
            remarks.add("the definition is no object");
        }
        Set<String> required = new HashSet<>();
        definition.path("required").forEach(name -> {
            if (!required.add(name.asText())) {
                remarks.add("required twice: " + name.asText());
            }
            if (definition.path("properties").path(name.asText()).isMissingNode()) {
                remarks.add("required and not defined: " + name.asText());
            }
        });
        definition
                .path("properties")
                .properties()
                .forEach(entry -> property(entry.getKey(), entry.getValue(), remarks));
    }

    private static void property(String name, JsonNode property, List<String> remarks) {
        for (String part : List.of("type", "title", "description")) {
            if (property.path(part).asText().isEmpty()) {
                remarks.add("property " + name + " has no " + part);
            }
        }
        String title = property.path("title").asText();
        if (title.matches("(The|A|An) .*")) {
            remarks.add("title of " + name + " begins with an article");
        }
        for (String word : title.split(" ", -1)) {
            if (!word.isEmpty() && !SMALL_WORDS.contains(word) && Character.isLowerCase(word.charAt(0))) {
                remarks.add("title of " + name + " has a small word: " + word);
            }
        }
        if (property.path("format").asText().equals("password")
                && !property.path("x-descriptors").toString().contains("\"" + CREDENTIALS + "\"")) {
            remarks.add("property " + name + " is a password and no credential");
        }
    }

    private static void annotations(Kamelet one, List<String> remarks) {
        if (!one.annotation("kamelet.icon").startsWith("data:image/svg+xml;base64,")) {
            remarks.add("there is no icon");
        }
        if (!one.annotation("catalog.version").equals(new DefaultCamelContext(false).getVersion())) {
            remarks.add("the version is not that of Camel");
        }
        if (!one.annotation("provider").equals("Provisioning Hub")) {
            remarks.add("the provider is not us");
        }
    }

    /** Each component of the template is a dependency. */
    private static void dependencies(Kamelet one, List<String> remarks) {
        Set<String> named = new HashSet<>();
        one.json().at("/spec/dependencies").forEach(name -> named.add(name.asText()));
        one.template().findValuesAsText("uri").forEach(uri -> {
            String component = uri.contains(":") ? uri.substring(0, uri.indexOf(':')) : uri;
            if (!named.contains("camel:" + component)) {
                remarks.add("needs dependency camel:" + component);
            }
        });
    }

    private static void parameters(Kamelet one, List<String> remarks) {
        Set<String> used = new TreeSet<>();
        Matcher matcher = PARAMETER.matcher(one.template().toString());
        while (matcher.find()) {
            used.add(matcher.group(1));
        }
        Set<String> declared = new TreeSet<>();
        one.definition().path("properties").fieldNames().forEachRemaining(declared::add);
        one.template().path("beans").findValuesAsText("name").forEach(declared::add);
        used.stream().filter(name -> !declared.contains(name)).forEach(name -> remarks.add("not declared: " + name));
        declared.stream().filter(name -> !used.contains(name)).forEach(name -> remarks.add("never used: " + name));
    }

    @Test
    void shipped_haveAllThatTheCatalogsValidatorAsks() throws IOException {
        assertThat(shipped()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(check(shipped())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: hub-webhook-sink                 | name: hub-webhook-sinks            | the file is not called as the Kamelet is
            kamelet.type: "sink"                   | kamelet.type: "drain"              | the type is none
            kamelet.type: "sink"                   | kamelet.type: "source"             | the name does not end in the type
            title: Hub Webhook Sink                | title: Hub Webhook                 | the title does not end in the type
            type: object                           | type: string                       | the definition is no object
            - url                                  | - address                          | required and not defined: address
            title: Content Type                    | title: Content type                | title of contentType has a small word: type
            title: Content Type                    | title: The Content Type            | title of contentType begins with an article
            title: Content Type                    | label: Content Type                | property contentType has no title
            - urn:camel:group:credentials          | - urn:camel:group:other            | property token is a password and no credential
            kamelet.icon:                          | kamelet.picture:                   | there is no icon
            catalog.version: "4                    | catalog.version: "3                | the version is not that of Camel
            provider: "Provisioning Hub"           | provider: "Somebody"               | the provider is not us
            - "camel:http"                         | - "camel:jetty"                    | needs dependency camel:http
            "{{contentType}}"                      | "{{kindOfContent}}"                | not declared: kindOfContent
            "{{contentType}}"                      | "text/plain"                       | never used: contentType
            """)
    void check_whatIsNotAsAsked_isFound(String good, String bad, String remark) throws IOException {
        Path file = FOLDER.resolve("hub-webhook-sink.kamelet.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(good);

        assertThat(check(List.of(read(file, text.replace(good, bad))))).contains(remark);
    }

    @Test
    void check_twoAlike_isFound() throws IOException {
        Kamelet one = shipped().get(0);

        assertThat(check(List.of(one, one)))
                .contains("the title is that of another", "the description is that of another");
    }

    private static String page() throws IOException {
        StringBuilder text = new StringBuilder("""
                # Kamelets

                Parts of flows that are configured where they are used. A route names one as `kamelet:<name>` and gives it its properties as
                `parameters`; a source is what a route takes `from`, a sink or an action stands in a step `to`. They lie in `routes/kamelets/`; a file
                of the same name in `site/routes` stands for the shipped one. What fails in one fails in the route that uses it.
                [Recipes](../how-to/route-recipes.md) show each at work.

                [Write your own](../how-to/write-your-own-kamelet.md).

                This page is made of the files.

                ## Rules

                A Kamelet is refused when it is saved, as a route is, unless

                * the file is called `<name>-source|sink|action.kamelet.yaml`, `metadata.name` is that name, and the label
                  `camel.apache.org/kamelet.type` says the same of the three;
                * `kind` is `Kamelet`, and there are a `spec.definition` and a `spec.template`;
                * `title` ends in the word Source, Sink or Action, and there is a `description`;
                * each property has `title`, `description` and `type`: string, integer, number, boolean, array or object;
                * what is `required` is a property and has no `default`;
                * a property that is called password, secret, token or access key has `format: password`, and one with that format has
                  `x-descriptors: [urn:camel:group:credentials]`;
                * the template has `from` or `route`, and `beans` if it likes, which fit Camel's schema, and names steps, components, options,
                  functions and placeholders that there are.

                A route that uses one must give it what is required and nothing that it does not take, and to a property of type integer, number or
                boolean a value of that type. The shipped ones bear besides what Camel's catalog asks: an icon, a provider, dependencies.
                """);
        for (Kamelet one : shipped()) {
            JsonNode definition = one.definition();
            text.append("\n## ").append(one.name()).append("\n\n");
            text.append(definition.path("description").asText().replaceAll("\\s+", " "))
                    .append("\n\n");
            text.append("| property | type | default | what |\n|---|---|---|---|\n");
            Set<String> required = new HashSet<>();
            definition.path("required").forEach(name -> required.add(name.asText()));
            definition.path("properties").properties().forEach(entry -> text.append("| `")
                    .append(entry.getKey())
                    .append("` | ")
                    .append(entry.getValue().path("type").asText())
                    .append(entry.getValue().has("format") ? ", secret" : "")
                    .append(" | ")
                    .append(
                            required.contains(entry.getKey())
                                    ? "required"
                                    : entry.getValue().has("default")
                                            ? "`"
                                                    + entry.getValue()
                                                            .path("default")
                                                            .asText() + "`"
                                            : "")
                    .append(" | ")
                    .append(entry.getValue().path("description").asText())
                    .append(
                            entry.getValue().has("example")
                                    ? "; such as `"
                                            + entry.getValue().path("example").asText() + "`"
                                    : "")
                    .append(" |\n"));
        }
        return text.toString();
    }

    /** {@code -Dhub.bless=true} writes it. */
    @Test
    void page_saysWhatTheFilesSay() throws IOException {
        if (Boolean.getBoolean("hub.bless")) {
            Files.writeString(PAGE, page());
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }
}
