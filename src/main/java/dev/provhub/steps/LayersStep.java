package dev.provhub.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceGroup;
import dev.provhub.profile.LayerChange;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code layers}: which layers are in force, what waits, what an edit would change. */
public final class LayersStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable String>> FILES = new TypeReference<>() {};
    private static final int LARGEST_EDIT_BYTES = 16 * 1024 * 1024;

    private final LayerEdits edits;
    private final Function<Map<String, String>, LayerSet> reader;
    private final AuditLog audit;

    /** @param reader reads layers from texts by path; throws {@link IllegalConfigurationException} */
    public LayersStep(LayerEdits edits, Function<Map<String, String>, LayerSet> reader, AuditLog audit) {
        this.edits = edits;
        this.reader = reader;
        this.audit = audit;
    }

    /** What is in force since when, what is held, and why the files were refused if they were. */
    public void state(Exchange exchange) {
        LayerEdits.State state = edits.state();
        ObjectNode json = JSON.createObjectNode();
        json.put("inForceSince", state.since().toString());
        json.put("digest", state.inForce().digest());
        LayerEdits.Held held = state.held();
        if (held == null) {
            json.putNull("held");
        } else {
            json.set("held", describe(held.change()).put("since", held.since().toString()));
        }
        json.put("refused", state.refusal());
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** Puts what is held in force; 409 when nothing is. */
    public void release(Exchange exchange) {
        edits.release()
                .ifPresentOrElse(
                        change -> {
                            audit.add(
                                    "admin",
                                    "layers released files=" + change.files() + " devices=" + change.devices());
                            ApiAnswers.json(exchange, 200, describe(change).toString());
                        },
                        () -> ApiAnswers.problem(exchange, 409, "Conflict", "no layer edit is held"));
    }

    /**
     * What an edit would change. The body is a JSON object: the new text of each changed file by its path below the folder of
     * the layers, null for a file that goes.
     *
     * @throws IOException when the caller does not send it to its end
     */
    public void dryRun(Exchange exchange) throws IOException {
        Map<String, String> files = new TreeMap<>(edits.state().inForce().files());
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LARGEST_EDIT_BYTES + 1);
            if (bytes.length > LARGEST_EDIT_BYTES) {
                ApiAnswers.problem(exchange, 413, "Content Too Large", "an edit may have 16 MiB at most");
                return;
            }
            JSON.readValue(bytes, FILES).forEach((path, text) -> {
                if (text == null) {
                    files.remove(path);
                } else {
                    files.put(path, text);
                }
            });
            ApiAnswers.json(
                    exchange, 200, describe(edits.changeTo(reader.apply(files))).toString());
        } catch (JsonProcessingException e) {
            ApiAnswers.problem(
                    exchange,
                    400,
                    "Bad Request",
                    "the body is not a JSON object of texts by path, as plan/office.yaml");
        } catch (IllegalConfigurationException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode describe(LayerChange change) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode files = json.putArray("files");
        change.files().forEach(files::add);
        json.put("devices", change.devices());
        ArrayNode groups = json.putArray("groups");
        for (DeviceGroup group : change.groups()) {
            groups.addObject()
                    .put("model", group.model())
                    .put("tenant", group.place().tenant())
                    .put("plan", group.place().plan())
                    .put("devices", group.devices());
        }
        ArrayNode sample = json.putArray("sample");
        change.sample().forEach(mac -> sample.add(mac.hex()));
        return json;
    }
}
