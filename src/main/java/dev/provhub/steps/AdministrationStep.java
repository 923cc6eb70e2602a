package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceSearch.Found;
import dev.provhub.device.MacAddress;
import dev.provhub.device.PlaceNames;
import dev.provhub.profile.ProfileComposer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * Step {@code administration}: one device for operators. Answers have an {@code ETag}; changes honour {@code If-Match} and
 * {@code If-None-Match}, so that two who change the same device do not undo each other.
 */
public final class AdministrationStep {
    private static final int LARGEST_EDIT_BYTES = 1024 * 1024;
    private static final String ETAG = "ETag";

    private final DeviceStores stores;
    private final DeviceEdits edits;
    private final DeviceJson json;
    private final Clock clock;

    /**
     * Needs the devices and their models.
     *
     * @param composer judges values of a device's own
     * @param places   which tenants and plans there are
     * @param seeds    gives a new random seed for each device
     */
    public AdministrationStep(
            DeviceStores stores,
            DeviceModels models,
            ProfileComposer composer,
            PlaceNames places,
            Supplier<String> seeds,
            Clock clock) {
        this.edits = new DeviceEdits(models, composer, places, seeds);
        this.json = new DeviceJson(models, composer::isSecretSetting);
        this.clock = clock;
        this.stores = stores;
    }

    /** One device without its secrets, or 304, or 404. */
    public void device(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Found device = MacAddress.find(header(exchange))
                    .flatMap(stores.search()::find)
                    .orElseThrow(ApiRefusal::noDevice);
            String tag = json.tag(device);
            if (Preconditions.of(exchange).isKnown(tag)) {
                ApiAnswers.answer(exchange, 304, "application/json", null);
                exchange.getMessage().setHeader(ETAG, tag);
                return;
            }
            answer(exchange, 200, device);
        });
    }

    /** A device's key as plain text, or 404. */
    public void deviceKey(Exchange exchange) {
        Optional<Device> device = MacAddress.find(header(exchange)).flatMap(stores.devices()::findByMac);
        Optional<String> key =
                device.flatMap(known -> known.standing().keys().toHandOver()).map(pair -> pair.key());
        if (device.isEmpty() || key.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device, or it has no key yet");
            return;
        }
        stores.audit()
                .add(
                        HubExchange.caller(exchange),
                        "device key shown device=" + device.get().mac());
        ApiAnswers.answer(exchange, 200, "text/plain", key.get() + "\n");
    }

    /** Makes a device that the body names by {@code mac}: 201; 409 when it is there. */
    public void create(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            JsonNode whole = body(exchange);
            if (!whole.path("mac").isTextual()) {
                throw new IllegalArgumentException("field 'mac' is missing");
            }
            MacAddress mac = MacAddress.ofDevice(whole.path("mac").asText());
            JsonNode edit = edits.checked(((ObjectNode) whole).without("mac"));
            Found made = changed(exchange, mac, edit, existing -> {
                if (existing.isPresent()) {
                    throw new ApiRefusal(409, "device " + mac + " is there already; PATCH or PUT change it");
                }
                return edits.newDevice(mac, edit);
            });
            answer(exchange, 201, made);
            exchange.getMessage().setHeader("Location", "/api/v1/devices/" + mac);
        });
    }

    /** Makes a device what the body says, or makes it new; its lines stay. The settings are then those of the body. */
    public void put(Exchange exchange) {
        edit(exchange, true);
    }

    /** Changes what the body names, a JSON merge patch; null takes a value out. */
    public void patch(Exchange exchange) {
        edit(exchange, false);
    }

    private void edit(Exchange exchange, boolean whole) {
        ApiRefusal.answering(exchange, () -> {
            MacAddress mac = MacAddress.ofDevice(header(exchange));
            Preconditions expected = Preconditions.of(exchange);
            JsonNode edit = edits.checked(body(exchange));
            Found after = changed(exchange, mac, edit, existing -> {
                if (existing.isEmpty() && !whole) {
                    throw ApiRefusal.noDevice();
                }
                expected.check(
                        existing.flatMap(device -> stores.search().find(mac)).map(json::tag));
                return existing.map(device -> edits.edited(device, edit, whole))
                        .orElseGet(() -> edits.newDevice(mac, edit));
            });
            answer(exchange, 200, after);
        });
    }

    /** The row of the device is held from the look at it to the end of the change, by every writer. */
    private Found changed(Exchange exchange, MacAddress mac, JsonNode edit, DeviceRepository.Change change) {
        Optional<Set<String>> labels = DeviceEdits.labels(edit);
        return stores.work().run(() -> {
            stores.devices().change(mac, change);
            labels.ifPresent(wanted -> stores.labels().replace(mac, wanted));
            stores.audit().add(HubExchange.caller(exchange), "device changed device=" + mac);
            return stores.search()
                    .find(mac)
                    .orElseThrow(() -> new IllegalStateException("a device that is held is gone: " + mac));
        });
    }

    /**
     * Lets a device go: its lines, labels and settings end now; when it was given a key, it is told to give everything back the next
     * time it asks. One that was never given anything is forgotten, and so is one that had gone already.
     */
    public void letGo(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            MacAddress mac = MacAddress.find(header(exchange)).orElseThrow(ApiRefusal::noDevice);
            Preconditions expected = Preconditions.of(exchange);
            stores.work().run(() -> {
                boolean[] forget = new boolean[1];
                stores.devices().change(mac, existing -> {
                    Device device = existing.orElseThrow(ApiRefusal::noDevice);
                    expected.check(stores.search().find(mac).map(json::tag));
                    boolean hasGone = !device.claimed() && device.standing().leftAt() != null;
                    forget[0] = device.standing().keys().current() == null || hasGone;
                    return forget[0] ? device : gone(device);
                });
                if (forget[0]) {
                    stores.devices().delete(mac);
                } else {
                    stores.labels().replace(mac, Set.of());
                }
                stores.audit().add(HubExchange.caller(exchange), "device let go device=" + mac);
                return mac;
            });
            ApiAnswers.answer(exchange, 204, "application/json", "");
        });
    }

    private Device gone(Device device) {
        return new Device(
                device.mac(),
                device.model(),
                device.serial(),
                false,
                device.place(),
                Map.of(),
                List.of(),
                device.standing().nextRevision().left(clock.instant()));
    }

    private static JsonNode body(Exchange exchange) {
        byte[] body = ApiAnswers.body(exchange, LARGEST_EDIT_BYTES);
        if (body.length > LARGEST_EDIT_BYTES) {
            throw new ApiRefusal(413, "an edit may have 1 MiB at most");
        }
        return ApiAnswers.object(body);
    }

    private static String header(Exchange exchange) {
        return exchange.getMessage().getHeader("mac", "", String.class);
    }

    private void answer(Exchange exchange, int status, Found device) {
        ApiAnswers.json(exchange, status, json.describe(device).toString());
        exchange.getMessage().setHeader(ETAG, json.tag(device));
    }
}
