package dev.provhub.order.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.FleetInventory;
import dev.provhub.device.MacAddress;
import dev.provhub.order.OrderField;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.OrderProblem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Devices as resources (TMF639 v4) and lines as services (TMF638 v4), to be read alone: enough for another system to keep its
 * inventory up to date. Without secrets. Thread-safe.
 */
public final class InventoryApi {
    private static final String RESOURCES = "/tmf-api/resourceInventoryManagement/v4/resource";
    private static final String SERVICES = "/tmf-api/serviceInventory/v4/service";
    private static final Set<String> OF_RESOURCES = Set.of(
            "id",
            "name",
            "resourceSpecification.id",
            "serialNumber",
            "tenant",
            "resourceStatus",
            "fields",
            "offset",
            "limit");
    private static final Set<String> OF_SERVICES =
            Set.of("id", "macAddress", "state", "tenant", "fields", "offset", "limit");
    private static final Pattern SERVICE_ID = Pattern.compile("([0-9a-f]{12})-([0-9]{1,2})");

    private final FleetInventory inventory;
    private final Supplier<OrderMapping> mapping;
    private final String base;

    /** @param apiBase base URL of the administration interface, which links begin with */
    public InventoryApi(FleetInventory inventory, Supplier<OrderMapping> mapping, URI apiBase) {
        this.inventory = inventory;
        this.mapping = mapping;
        this.base = apiBase.toString().replaceAll("/+$", "");
    }

    /** {@code GET /resource}: a page of devices in order of their MAC addresses. */
    public ApiAnswer resources(Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            known(query, OF_RESOURCES);
            String id = query.getOrDefault("id", query.getOrDefault("name", ""));
            FleetInventory.Filter filter = new FleetInventory.Filter(
                    id.isEmpty() ? null : mac("id", id),
                    null,
                    query.get("resourceSpecification.id"),
                    query.get("serialNumber"),
                    query.get("tenant"),
                    among(query, "resourceStatus", "reserved", "available"),
                    null);
            return page(
                    query,
                    base + RESOURCES,
                    (offset, limit) -> inventory.resources(filter, offset, limit).stream()
                            .map(this::resource)
                            .toList(),
                    inventory.countResources(filter));
        });
    }

    /** {@code GET /service}: a page of lines in order of their devices' MAC addresses and their numbers. */
    public ApiAnswer services(Map<String, String> query) {
        return TmfAnswers.answered(() -> {
            known(query, OF_SERVICES);
            Optional<FleetInventory.Filter> one =
                    Optional.ofNullable(query.get("id")).map(InventoryApi::ofService);
            String mac = query.getOrDefault("macAddress", "");
            FleetInventory.Filter filter = new FleetInventory.Filter(
                    one.map(FleetInventory.Filter::mac).orElseGet(() -> mac.isEmpty() ? null : mac("macAddress", mac)),
                    one.map(FleetInventory.Filter::number).orElse(null),
                    null,
                    null,
                    query.get("tenant"),
                    null,
                    among(query, "state", "active", "inactive"));
            return page(
                    query,
                    base + SERVICES,
                    (offset, limit) -> inventory.services(filter, offset, limit).stream()
                            .map(this::service)
                            .toList(),
                    inventory.countServices(filter));
        });
    }

    /** {@code GET /resource/{id}}: 200 or 404. */
    public ApiAnswer resource(String id, Map<String, String> query) {
        return TmfAnswers.answered(() -> MacAddress.find(id)
                .flatMap(mac -> inventory.resources(FleetInventory.Filter.of(mac, null), 0, 1).stream()
                        .findFirst())
                .map(found -> one(resource(found), query))
                .orElseThrow(() -> new TmfRefusal(TmfError.notFound("resource", id))));
    }

    /** {@code GET /service/{id}}: 200 or 404. */
    public ApiAnswer service(String id, Map<String, String> query) {
        return TmfAnswers.answered(() -> inventory.services(ofService(id), 0, 1).stream()
                .findFirst()
                .map(found -> one(service(found), query))
                .orElseThrow(() -> new TmfRefusal(TmfError.notFound("service", id))));
    }

    private static ApiAnswer one(ObjectNode document, Map<String, String> query) {
        return TmfAnswers.answer(200, OrderJson.only(document, OrderQuery.fieldsAlone(query)), Map.of());
    }

    @FunctionalInterface
    private interface Page {
        List<ObjectNode> read(int offset, int limit);
    }

    private static ApiAnswer page(Map<String, String> query, String collection, Page page, long total) {
        int offset = OrderQuery.number(query, "offset", 0, 0, Integer.MAX_VALUE);
        int limit = OrderQuery.number(query, "limit", OrderQuery.DEFAULT_LIMIT, 1, OrderQuery.HIGHEST_LIMIT);
        Set<String> fields = OrderQuery.fields(query);
        List<ObjectNode> found = page.read(offset, limit).stream()
                .map(document -> OrderJson.only(document, fields))
                .toList();
        return TmfAnswers.answer(200, found, TmfPage.headers(collection, query, offset, limit, found.size(), total));
    }

    private static void known(Map<String, String> query, Set<String> names) {
        query.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw OrderQuery.refusal(
                            "query parameter",
                            name,
                            String.join(", ", names.stream().sorted().toList()));
                });
    }

    private static @Nullable Boolean among(Map<String, String> query, String name, String yes, String no) {
        String word = query.get(name);
        if (word != null && !word.equals(yes) && !word.equals(no)) {
            throw OrderQuery.refusal(name, word, yes + " or " + no);
        }
        return word == null ? null : word.equals(yes);
    }

    private static MacAddress mac(String name, String text) {
        return MacAddress.find(text)
                .orElseThrow(
                        () -> new TmfRefusal(TmfError.invalidQuery(new OrderProblem(name, text, "twelve hex digits"))));
    }

    private static FleetInventory.Filter ofService(String id) {
        Matcher parts = SERVICE_ID.matcher(id);
        if (!parts.matches()) {
            throw new TmfRefusal(TmfError.notFound("service", id));
        }
        return FleetInventory.Filter.of(new MacAddress(parts.group(1)), Integer.valueOf(parts.group(2)));
    }

    private ObjectNode resource(FleetInventory.Resource device) {
        ObjectNode root = OrderJson.kept("");
        root.put("id", device.mac().hex());
        root.put("href", base + RESOURCES + "/" + device.mac().hex());
        root.put("name", device.mac().withColons());
        root.put("category", "sipDevice");
        root.put("resourceStatus", device.claimed() ? "reserved" : "available");
        root.put("administrativeState", device.claimed() ? "unlocked" : "locked");
        root.put("operationalState", device.state() == dev.provhub.device.DeviceState.SECURED ? "enable" : "disable");
        root.put("usageState", device.lines().isEmpty() ? "idle" : "active");
        root.put("@type", "PhysicalResource");
        root.put("@baseType", "Resource");
        if (device.serial() != null) {
            root.put("serialNumber", device.serial());
        }
        root.putObject("resourceSpecification")
                .put("id", device.model())
                .put("name", device.model())
                .put("@referredType", "ResourceSpecification");
        ArrayNode characteristics = root.putArray("resourceCharacteristic");
        OrderMapping names = mapping.get();
        add(characteristics, names.nameOf(OrderField.MAC_ADDRESS), device.mac().hex());
        add(characteristics, names.nameOf(OrderField.DEVICE_MODEL), device.model());
        add(characteristics, names.nameOf(OrderField.TENANT), device.place().tenant());
        add(characteristics, names.nameOf(OrderField.PLAN), device.place().plan());
        add(characteristics, names.nameOf(OrderField.TIME_ZONE), device.place().timeZone());
        add(characteristics, "provisioningState", device.state().name().toLowerCase(java.util.Locale.ROOT));
        add(characteristics, "revision", device.revision());
        add(characteristics, "appliedRevision", device.appliedRevision());
        add(characteristics, "firmwareVersion", device.runningVersion());
        if (!device.lines().isEmpty()) {
            ArrayNode relations = root.putArray("supportedService");
            device.lines()
                    .forEach(number ->
                            reference(relations, SERVICES, device.mac().hex() + "-" + number, "Service"));
        }
        return root;
    }

    private ObjectNode service(FleetInventory.Service line) {
        String id = line.mac().hex() + "-" + line.number();
        ObjectNode root = OrderJson.kept("");
        root.put("id", id);
        root.put("href", base + SERVICES + "/" + id);
        root.put("name", line.sipUser() + "@" + line.sipDomain());
        root.put("category", "CFS");
        root.put("serviceType", "sipLine");
        root.put("state", line.suspended() ? "inactive" : "active");
        root.put("isServiceEnabled", !line.suspended());
        root.put("hasStarted", true);
        root.put("@type", "Service");
        ArrayNode characteristics = root.putArray("serviceCharacteristic");
        OrderMapping names = mapping.get();
        Function<OrderField, String> called = names::nameOf;
        add(characteristics, called.apply(OrderField.MAC_ADDRESS), line.mac().hex());
        add(characteristics, called.apply(OrderField.DEVICE_MODEL), line.model());
        add(characteristics, called.apply(OrderField.LINE_NUMBER), line.number());
        add(characteristics, called.apply(OrderField.DIRECTORY_NUMBER), line.directoryNumber());
        add(characteristics, called.apply(OrderField.DISPLAY_NAME), line.displayName());
        add(characteristics, called.apply(OrderField.SIP_USER), line.sipUser());
        add(characteristics, called.apply(OrderField.SIP_DOMAIN), line.sipDomain());
        add(characteristics, called.apply(OrderField.SIP_PROXY), line.sipProxy());
        add(characteristics, called.apply(OrderField.SIP_TRANSPORT), line.sipTransport());
        add(characteristics, called.apply(OrderField.TENANT), line.place().tenant());
        add(characteristics, called.apply(OrderField.PLAN), line.place().plan());
        add(characteristics, called.apply(OrderField.TIME_ZONE), line.place().timeZone());
        reference(root.putArray("supportingResource"), RESOURCES, line.mac().hex(), "PhysicalResource");
        return root;
    }

    private void reference(ArrayNode all, String collection, String id, String type) {
        all.addObject().put("id", id).put("href", base + collection + "/" + id).put("@referredType", type);
    }

    private static void add(ArrayNode characteristics, String name, long value) {
        characteristics
                .addObject()
                .put("name", name)
                .put("valueType", "integer")
                .put("value", value);
    }

    private static void add(ArrayNode characteristics, String name, @Nullable String value) {
        if (value != null) {
            characteristics
                    .addObject()
                    .put("name", name)
                    .put("valueType", "string")
                    .put("value", value);
        }
    }
}
