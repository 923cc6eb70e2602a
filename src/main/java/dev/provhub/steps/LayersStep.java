package dev.provhub.steps;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceGroup;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.profile.LayerChange;
import dev.provhub.profile.LayerEdits;
import dev.provhub.profile.LayerSet;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ProfileDifference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
    private final Difference difference;
    private final UnitOfWork work;
    private final AuditLog audit;

    /**
     * Needs who holds the layers.
     *
     * @param reader     reads layers from texts by path; throws {@link IllegalConfigurationException}
     * @param difference what other layers change on one device
     */
    public LayersStep(
            LayerEdits edits,
            Function<Map<String, String>, LayerSet> reader,
            Difference difference,
            UnitOfWork work,
            AuditLog audit) {
        this.edits = edits;
        this.reader = reader;
        this.difference = difference;
        this.work = work;
        this.audit = audit;
    }

    /** What other layers change on one device. */
    @FunctionalInterface
    public interface Difference {
        /** @throws IllegalConfigurationException when there is no such device, or it could not be given that */
        List<ProfileDifference> of(MacAddress mac, Layers other);
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
        LayerEdits.Rolling rolling = state.rolling();
        if (rolling == null) {
            json.putNull("rolling");
        } else {
            json.set("rolling", describe(rolling.change()).put("rollout", rolling.rollout()));
        }
        json.put("refused", state.refusal());
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** Puts what is held in force; 409 when nothing is. */
    public void release(Exchange exchange) {
        String who = HubExchange.caller(exchange);
        edits.release(
                        work,
                        change -> audit.add(
                                who, "layers released files=" + change.files() + " devices=" + change.devices()))
                .ifPresentOrElse(
                        change ->
                                ApiAnswers.json(exchange, 200, describe(change).toString()),
                        () -> ApiAnswers.problem(exchange, 409, "Conflict", whyNot(edits.state())));
    }

    private static String whyNot(LayerEdits.State state) {
        return state.rolling() == null
                ? "no layer edit is held"
                : "rollout " + state.rolling().rollout() + " of layers is under way";
    }

    /**
     * What an edit would change. The body is a JSON object: the new text of each changed file by its path below the folder of
     * the layers, null for a file that goes; with {@code whole=true} the text of all files. With {@code device=MAC} also what
     * would change on that device.
     *
     * @throws IOException when the caller does not send it to its end
     */
    public void dryRun(Exchange exchange) throws IOException {
        boolean whole =
                exchange.getMessage().getHeader("whole", "", String.class).equals("true");
        Map<String, String> files =
                whole ? new TreeMap<>() : new TreeMap<>(edits.state().inForce().files());
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(LARGEST_EDIT_BYTES + 1);
            if (bytes.length > LARGEST_EDIT_BYTES) {
                ApiAnswers.problem(exchange, 413, "Content Too Large", "an edit may have 16 MiB at most");
                return;
            }
            Map<String, @Nullable String> edit = JSON.readValue(bytes, FILES);
            if (edit == null) {
                throw new IllegalArgumentException("the body is no JSON object");
            }
            edit.forEach((path, text) -> {
                if (text == null) {
                    files.remove(path);
                } else {
                    files.put(path, text);
                }
            });
            LayerSet edited = reader.apply(files);
            ObjectNode json = describe(edits.changeTo(edited));
            String mac = exchange.getMessage().getHeader("device", "", String.class);
            if (!mac.isEmpty()) {
                List<ProfileDifference> differences = difference.of(MacAddress.parse(mac), edited.layers());
                json.set("differences", ProfileJson.differences(differences));
            }
            ApiAnswers.json(exchange, 200, json.toString());
        } catch (JacksonException e) {
            ApiAnswers.problem(
                    exchange,
                    400,
                    "Bad Request",
                    "the body is not a JSON object of texts by path, as plan/office.yaml");
        } catch (IllegalArgumentException | IllegalConfigurationException e) {
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
