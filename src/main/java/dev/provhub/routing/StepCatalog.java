package dev.provhub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps that route files may call, as their sources describe them.
 *
 * @param steps in order of their names
 */
public record StepCatalog(List<Step> steps) {
    private static final String RESOURCE = "/steps/steps.json";
    private static final String CAMEL = "/schema/camelYamlDsl.json";

    /** Copies the list. */
    public StepCatalog {
        steps = List.copyOf(steps);
    }

    /**
     * A step.
     *
     * @param does    what it is for
     * @param methods none when it is a part that endpoints name
     */
    public record Step(String name, String does, List<Method> methods) {
        /** Copies the list. */
        public Step {
            methods = List.copyOf(methods);
        }
    }

    /**
     * One thing that a step does.
     *
     * @param parameters as in {@code String text}; the exchange is none
     * @param reads      properties of the exchange
     * @param sets       properties of the exchange
     */
    public record Method(String name, String does, List<String> parameters, List<String> reads, List<String> sets) {
        /** Copies lists. */
        public Method {
            parameters = List.copyOf(parameters);
            reads = List.copyOf(reads);
            sets = List.copyOf(sets);
        }
    }

    /** What this hub ships. */
    public static StepCatalog shipped() {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : resource(RESOURCE).path("steps")) {
            List<Method> methods = new ArrayList<>();
            for (JsonNode method : step.path("methods")) {
                List<String> parameters = new ArrayList<>();
                method.path("parameters")
                        .forEach(one -> parameters.add(one.path("type").asText() + " "
                                + one.path("name").asText()));
                methods.add(new Method(
                        method.path("name").asText(),
                        method.path("does").asText(),
                        parameters,
                        texts(method.path("reads")),
                        texts(method.path("sets"))));
            }
            steps.add(new Step(step.path("name").asText(), step.path("does").asText(), methods));
        }
        return new StepCatalog(steps);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static JsonNode resource(String name) {
        try (InputStream in = StepCatalog.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** By name. */
    public Optional<Step> find(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /**
     * Camel's JSON schema of its YAML, in which a bean is one of these steps or a bean of the site's own, which an editor then
     * offers and explains; a name that is in neither is still taken, since beans may be made by files.
     */
    public String schema() {
        JsonNode camel = resource(CAMEL);
        JsonNode bean = camel.at("/items/definitions/org.apache.camel.model.BeanDefinition/properties/ref");
        if (!(bean instanceof ObjectNode ref)) {
            throw new IllegalStateException("Camel's schema has no bean with a ref");
        }
        ObjectNode known = ref.putArray("anyOf").addObject();
        ArrayNode names = known.putArray("enum");
        ArrayNode words = known.putArray("enumDescriptions");
        ArrayNode wordsToo = known.putArray("markdownEnumDescriptions");
        for (Step step : steps) {
            if (!step.methods().isEmpty()) {
                names.add(step.name());
                words.add(step.does());
                StringBuilder text = new StringBuilder(step.does());
                step.methods().forEach(method -> text.append("\n* `")
                        .append(method.name())
                        .append("`: ")
                        .append(method.does()));
                wordsToo.add(text.toString());
            }
        }
        ((ArrayNode) ref.path("anyOf")).addObject().put("type", "string");
        return camel.toPrettyString();
    }
}
