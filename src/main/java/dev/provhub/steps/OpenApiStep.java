package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.access.AccessRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Step {@code openApi}: the administration interface as an OpenAPI 3.1 document, made of the paths that run, the roles that they need,
 * and what is known of their bodies ({@code openapi/operations.json}). A path of a site's own is in it with its description alone.
 */
public final class OpenApiStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KNOWN = "/openapi/operations.json";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final String JSON_TYPE = "application/json";

    private final JsonNode operations;
    private final JsonNode schemas;

    /** Reads what is known of the bodies. */
    public OpenApiStep() {
        try (InputStream in = Objects.requireNonNull(OpenApiStep.class.getResourceAsStream(KNOWN), KNOWN)) {
            JsonNode known = JSON.readTree(in);
            this.operations = known.path("operations");
            this.schemas = known.path("schemas");
        } catch (IOException e) {
            throw new UncheckedIOException(KNOWN, e);
        }
    }

    /** The document. */
    public void document(Exchange exchange) {
        ApiAnswers.json(exchange, 200, described(exchange.getContext()).toString());
    }

    private ObjectNode described(CamelContext context) {
        ObjectNode root = JSON.createObjectNode().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Provisioning Hub")
                .put(
                        "version",
                        Optional.ofNullable(OpenApiStep.class.getPackage().getImplementationVersion())
                                .orElse("0"))
                .put(
                        "description",
                        "Devices, orders, layers, keys and certificates. Every request but health and the console's files needs a bearer token;"
                                + " x-role names the role that it must have.");
        root.putArray("servers").addObject().put("url", "/");
        root.putArray("security").addObject().putArray("token");
        ObjectNode paths = root.putObject("paths");
        ObjectNode components = root.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        components.set("schemas", schemas.deepCopy());
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        for (RestDefinition rest : model.getRestDefinitions()) {
            for (VerbDefinition verb : rest.getVerbs()) {
                String path = text(rest.getPath()) + text(verb.getPath());
                String method = verb.asVerb().toUpperCase(Locale.ROOT);
                paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"))
                        .set(method.toLowerCase(Locale.ROOT), operation(method, path, verb, rest));
            }
        }
        return root;
    }

    private static String text(@Nullable String perhaps) {
        return perhaps == null ? "" : perhaps;
    }

    private ObjectNode operation(String method, String path, VerbDefinition verb, RestDefinition rest) {
        JsonNode known = operations.path(method + " " + path);
        ObjectNode operation = JSON.createObjectNode();
        operation.putArray("tags").add(rest.getId());
        operation.put("operationId", verb.getId());
        String otherwise = verb.getDescriptionText() == null ? rest.getDescriptionText() : verb.getDescriptionText();
        operation.put("summary", known.path("summary").asText(otherwise));
        boolean isOpen = path.startsWith("/health/") || path.startsWith("/console");
        if (isOpen) {
            operation.putArray("security");
        } else {
            operation.put("x-role", AccessRules.needed(method, path).word());
        }
        parameters(operation, path, known);
        body(operation, known);
        ObjectNode responses = operation.putObject("responses");
        boolean isTmf = path.startsWith("/tmf-api/");
        known.path("answers").properties().forEach(answer -> answer(responses, answer.getKey(), answer.getValue()));
        known.path("problems").forEach(status -> problem(responses, status.asText(), isTmf));
        if (!isOpen) {
            problem(responses, "401", isTmf);
            problem(responses, "403", isTmf);
            problem(responses, "default", isTmf);
        }
        return operation;
    }

    private static void parameters(ObjectNode operation, String path, JsonNode known) {
        Matcher names = PARAMETER.matcher(path);
        while (names.find()) {
            parameter(operation, names.group(1), "path", "string");
        }
        known.path("query")
                .properties()
                .forEach(query -> parameter(
                        operation, query.getKey(), "query", query.getValue().asText()));
        known.path("headers").forEach(header -> parameter(operation, header.asText(), "header", "string"));
    }

    private static void parameter(ObjectNode operation, String name, String in, String type) {
        operation
                .withArray("parameters")
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", in.equals("path"))
                .putObject("schema")
                .put("type", type);
    }

    private static void body(ObjectNode operation, JsonNode known) {
        String body = known.path("body").asText();
        if (!body.isEmpty()) {
            content(operation.putObject("requestBody").put("required", true), body);
        }
    }

    private static void answer(ObjectNode responses, String status, JsonNode bodies) {
        ObjectNode response = responses.putObject(status).put("description", description(status));
        if (bodies instanceof ArrayNode all) {
            all.forEach(body -> content(response, body.asText()));
        }
    }

    /** A media type, or the name of a schema for JSON. */
    private static void content(ObjectNode holder, String body) {
        ObjectNode content = holder.withObject("/content");
        if (body.contains("/")) {
            content.putObject(body);
        } else {
            schema(content.putObject(JSON_TYPE), body);
        }
    }

    private static void schema(ObjectNode type, String name) {
        type.putObject("schema").put("$ref", "#/components/schemas/" + name);
    }

    private static void problem(ObjectNode responses, String status, boolean isTmf) {
        if (!responses.has(status)) {
            ObjectNode response = responses.putObject(status).put("description", description(status));
            schema(
                    response.withObject("/content").putObject(isTmf ? JSON_TYPE : "application/problem+json"),
                    isTmf ? "TmfError" : "Problem");
        }
    }

    private static String description(String status) {
        return switch (status) {
            case "200" -> "done";
            case "201" -> "made";
            case "202" -> "begun";
            case "204" -> "done; no body";
            case "304" -> "what the client has is the present one";
            case "308" -> "at another place";
            case "400" -> "the request cannot be read";
            case "401" -> "no valid token";
            case "403" -> "the token has not the role";
            case "404" -> "not there";
            case "409" -> "not as things stand";
            case "412" -> "changed since it was read";
            case "413" -> "too large";
            case "422" -> "a value is not allowed";
            case "501" -> "not possible yet";
            case "503" -> "down";
            default -> "any other trouble";
        };
    }
}
