package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.provhub.access.AccessRules;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /api/openapi.json} says is what the running hub does. */
class OpenApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAC = "000e08aabb01";

    @TempDir
    private Path folder;

    @Test
    void document_isWellFormedAndHasEveryPathWithItsRole() throws Exception {
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of())) {
            String text = hub.get("/api/openapi.json").body();

            SwaggerParseResult read = new OpenAPIV3Parser().readContents(text, null, new ParseOptions());
            assertThat(read.getMessages()).isEmpty();
            assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(20);
            Set<String> described = new TreeSet<>();
            JsonNode document = JSON.readTree(text);
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(verb -> {
                        assertThat(verb.getValue().path("summary").asText())
                                .as(path.getKey())
                                .isNotEmpty();
                        assertThat(verb.getValue().path("responses").has("200")
                                        || verb.getValue()
                                                .path("responses")
                                                .toString()
                                                .contains("\"20"))
                                .as("answers of " + verb.getKey() + " " + path.getKey())
                                .isTrue();
                        if (verb.getValue().has("x-role")) {
                            described.add(verb.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey() + " "
                                    + verb.getValue().path("x-role").asText());
                        }
                    }));
            assertThat(described).isEqualTo(new TreeSet<>(AccessRules.all()));
        }
    }

    @Test
    void answers_ofEveryGet_areAsDescribed() throws Exception {
        Path config = Folders.configWith(folder.resolve("config"), "tenant/north");
        try (HubUnderTest hub = HubUnderTest.start(folder.resolve("data"), Map.of("hub.config", config.toString()))) {
            fill(hub);
            JsonNode document = JSON.readTree(hub.get("/api/openapi.json").body());
            List<String> asked = new ArrayList<>();
            for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
                if (path.getValue().has("get")) {
                    for (String url : urls(hub, path.getKey())) {
                        asked.add(url);
                        check(document, path.getValue().path("get"), url, hub.get(url));
                    }
                }
            }
            assertThat(asked).hasSizeGreaterThan(25);
            for (String bad : List.of("/api/v1/devices?filter=x", "/api/v1/devices/nobody", "/api/v1/jobs/nothing")) {
                String template =
                        bad.replaceFirst("\\?.*", "").replace("nobody", "{mac}").replace("nothing", "{id}");
                HttpResponse<String> refused = hub.get(bad);
                assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
                check(document, document.path("paths").path(template).path("get"), bad, refused);
            }
        }
    }

    private static void fill(HubUnderTest hub) throws Exception {
        hub.order(Files.readString(Path.of("docs/examples/order.json")));
        hub.send(
                "PUT",
                "/api/v1/devices/" + MAC,
                "{\"model\":\"SPA504G\",\"labels\":[\"vip\"],\"settings\":{\"Time_Zone\":\"GMT+01:00\",\"User_Password\":\"x1y2\"}}");
        hub.send("PUT", "/api/v1/devices/000e08aabb02", "{\"model\":\"CP-8841-3PCC\"}");
        hub.post("/api/v1/claims", "application/json", "{\"mac\":\"000e08aabb03\",\"tenant\":\"north\"}");
        hub.post("/api/v1/grants", "application/json", "{\"kind\":\"token\",\"mac\":\"" + MAC + "\"}");
        hub.post("/api/v1/revocations", "application/json", "{\"mac\":\"000e08aabb09\",\"reason\":\"lost\"}");
        hub.post("/api/v1/devices/actions", "application/json", "{\"action\":\"export\",\"filter\":\"all\"}");
    }

    private static List<String> urls(HubUnderTest hub, String path) throws Exception {
        if (path.equals("/api/v1/devices")) {
            return List.of(path, path + "?limit=1&count=true", path + "?fields=mac,labels&filter=label=vip");
        }
        if (path.equals("/api/v1/devices/{mac}/profile/diff")) {
            return List.of(path.replace("{mac}", MAC), path.replace("{mac}", MAC) + "?with=000e08aabb02");
        }
        if (path.equals("/api/v1/devices/{mac}/profile")) {
            String own = path.replace("{mac}", MAC);
            return List.of(own, own + "?rendered=true", own + "?rendered=spc");
        }
        if (path.startsWith("/console")) {
            return List.of(
                    path.equals("/console")
                            ? "/console/"
                            : path.replace("{folder}", "pages").replace("{file}", "none.js"));
        }
        String id = "";
        if (path.startsWith("/api/v1/jobs/")) {
            id = JSON.readTree(hub.get("/api/v1/jobs").body()).at("/jobs/0/id").asText();
        }
        if (path.equals("/api/v1/routes/{id}")) {
            id = "answer-device";
        }
        if (path.startsWith("/api/v1/faults/") || path.startsWith("/api/v1/rollouts/")) {
            // There is none: told as the description says
            id = "1";
        }
        if (path.startsWith("/tmf-api")) {
            id = JSON.readTree(
                            hub.get("/tmf-api/serviceOrdering/v4/serviceOrder").body())
                    .at("/0/id")
                    .asText();
        }
        return List.of(path.replace("{mac}", MAC).replace("{id}", id).replace("{file}", "none.bin"));
    }

    private static void check(JsonNode document, JsonNode operation, String url, HttpResponse<String> answer) {
        String status = String.valueOf(answer.statusCode());
        JsonNode response = operation.path("responses").path(status);
        assertThat(response.isMissingNode())
                .as(status + " of " + url + ": " + answer.body())
                .isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode content = response.path("content").path(type);
        assertThat(content.isMissingNode()).as(type + " of " + url).isFalse();
        if (!content.has("schema") || !type.contains("json")) {
            return;
        }
        ObjectNode schema = JSON.createObjectNode();
        schema.setAll((ObjectNode) content.path("schema").deepCopy());
        schema.set("components", document.path("components"));
        try {
            Set<ValidationMessage> wrong = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(JSON.readTree(answer.body()));
            assertThat(wrong).as(url + ": " + answer.body()).isEmpty();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(url + " is no JSON", e);
        }
    }
}
