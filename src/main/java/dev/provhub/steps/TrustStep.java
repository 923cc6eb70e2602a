package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.pki.ServerTrust;
import dev.provhub.pki.ServerTrust.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code trust}: which models can trust what the listeners show. */
public final class TrustStep {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DeviceModels models;
    private final Supplier<List<ServerTrust.Shown>> listeners;

    /** @param listeners what is shown now */
    public TrustStep(DeviceModels models, Supplier<List<ServerTrust.Shown>> listeners) {
        this.models = models;
        this.listeners = listeners;
    }

    /** Models of a family that stand alike with a listener. */
    private record Row(String family, String listener, Verdict verdict) {}

    /** Every listener with its certificate, and for each family and listener {@code yes}, {@code no} or {@code unknown} and why. */
    public void show(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode shown = json.putArray("listeners");
        Map<Row, List<String>> rows = new LinkedHashMap<>();
        List<ServerTrust.Shown> now = listeners.get();
        now.forEach(listener -> describe(listener, shown.addObject()));
        models.all().stream()
                .filter(model -> model.provisionable().isPresent())
                .forEach(model -> now.forEach(listener -> rows.computeIfAbsent(
                                new Row(model.family(), listener.name(), ServerTrust.of(model, listener)),
                                row -> new ArrayList<>())
                        .add(model.name())));
        ArrayNode trust = json.putArray("trust");
        rows.forEach((row, members) -> describe(row, members, trust.addObject()));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    private static void describe(ServerTrust.Shown listener, ObjectNode json) {
        json.put("listener", listener.name())
                .put("enabled", listener.enabled())
                .put("host", listener.host())
                .put("subject", listener.certificate().getSubjectX500Principal().getName())
                .put(
                        "notAfter",
                        listener.certificate().getNotAfter().toInstant().toString())
                .put("authority", listener.origin().authority())
                .put("knownBy", listener.origin().how().name().toLowerCase(java.util.Locale.ROOT))
                .put("issuer", listener.origin().issuer());
    }

    private void describe(Row row, List<String> members, ObjectNode json) {
        json.put("family", row.family());
        ArrayNode names = json.putArray("models");
        members.forEach(names::add);
        json.put("wholeFamily", isWhole(row.family(), members))
                .put("listener", row.listener())
                .put("trusts", row.verdict().answer().word())
                .put("why", row.verdict().why());
    }

    private boolean isWhole(String family, List<String> members) {
        return models.all().stream()
                .filter(model -> model.family().equals(family))
                .map(DeviceModel::name)
                .allMatch(members::contains);
    }
}
