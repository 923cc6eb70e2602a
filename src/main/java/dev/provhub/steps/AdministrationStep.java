package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.Line;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.profile.ProfileComposer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code administration}: devices for operators. */
public final class AdministrationStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_EDIT_BYTES = 1024 * 1024;

    private final DeviceRepository devices;
    private final DeviceModels models;
    private final AuditLog audit;
    private final UnitOfWork work;
    private final DeviceEdits edits;
    private final Clock clock;

    /**
     * Needs the devices and their models, and where it is written down who saw a key or changed a device.
     *
     * @param composer judges values of a device's own
     * @param seeds    gives a new random seed for each device
     * @param work     keeps a change and what is written down of it together
     */
    public AdministrationStep(
            DeviceRepository devices,
            DeviceModels models,
            ProfileComposer composer,
            Supplier<String> seeds,
            AuditLog audit,
            UnitOfWork work,
            Clock clock) {
        this.edits = new DeviceEdits(models, composer, seeds);
        this.clock = clock;
        this.devices = devices;
        this.models = models;
        this.audit = audit;
        this.work = work;
    }

    /** One device without its secrets, or 404. */
    public void device(Exchange exchange) {
        Optional<Device> device = named(exchange);
        if (device.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
            return;
        }
        ApiAnswers.json(exchange, 200, describe(device.get()).toString());
    }

    /** A device's key as plain text, or 404. */
    public void deviceKey(Exchange exchange) {
        Optional<Device> device = named(exchange);
        Optional<String> key =
                device.flatMap(known -> known.standing().keys().toHandOver()).map(pair -> pair.key());
        if (device.isEmpty() || key.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device, or it has no key yet");
            return;
        }
        audit.add(
                HubExchange.caller(exchange),
                "device key shown device=" + device.get().mac());
        ApiAnswers.answer(exchange, 200, "text/plain", key.get() + "\n");
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
        String text = exchange.getMessage().getHeader("mac", "", String.class);
        try {
            MacAddress mac = MacAddress.parse(text);
            byte[] body = ApiAnswers.body(exchange, LARGEST_EDIT_BYTES);
            if (body.length > LARGEST_EDIT_BYTES) {
                ApiAnswers.problem(exchange, 413, "Content Too Large", "an edit may have 1 MiB at most");
                return;
            }
            JsonNode edit = edits.read(body);
            if (!whole && devices.findByMac(mac).isEmpty()) {
                ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
                return;
            }
            Device after = work.run(() -> {
                audit.add(HubExchange.caller(exchange), "device changed device=" + mac);
                return devices.change(mac, existing -> existing.map(device -> edits.edited(device, edit, whole))
                        .orElseGet(() -> edits.newDevice(mac, edit)));
            });
            ApiAnswers.json(exchange, 200, describe(after).toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    /**
     * Lets a device go: its lines and settings end now; when it was given a key, it is told to give everything back the next
     * time it asks. One that was never given anything is forgotten, and so is one that had gone already.
     */
    public void letGo(Exchange exchange) {
        Optional<Device> device = named(exchange);
        if (device.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
            return;
        }
        MacAddress mac = device.get().mac();
        Device.Standing standing = device.get().standing();
        boolean hasGone = !device.get().claimed() && standing.leftAt() != null;
        work.run(() -> {
            if (standing.keys().current() == null || hasGone) {
                devices.delete(mac);
            } else {
                devices.change(mac, DeviceRepository.Change.ofExisting(mac, this::gone));
            }
            audit.add(HubExchange.caller(exchange), "device let go device=" + mac);
            return mac;
        });
        ApiAnswers.answer(exchange, 204, "application/json", "");
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

    private Optional<Device> named(Exchange exchange) {
        String mac = exchange.getMessage().getHeader("mac", "", String.class);
        return MacAddress.find(mac).flatMap(devices::findByMac);
    }

    private ObjectNode describe(Device device) {
        ObjectNode json = JSON.createObjectNode();
        json.put("mac", device.mac().hex());
        json.put("model", device.model());
        json.put(
                "productNumber",
                models.named(device.model()).map(DeviceModel::productNumber).orElse(null));
        json.put("serial", device.serial());
        json.put("claimed", device.claimed());
        json.put("tenant", device.place().tenant());
        json.put("plan", device.place().plan());
        json.put("timeZone", device.place().timeZone());
        json.put("state", device.standing().state().name());
        json.put("revision", device.standing().revision());
        json.put("appliedRevision", device.standing().appliedRevision());
        json.put("runningVersion", device.standing().runningVersion());
        ArrayNode settings = json.putArray("settings");
        device.settings().keySet().stream().sorted().forEach(settings::add);
        ArrayNode lines = json.putArray("lines");
        for (Line line : device.lines()) {
            lines.addObject()
                    .put("number", line.number())
                    .put("sipUser", line.sipUser())
                    .put("sipDomain", line.sipDomain())
                    .put("directoryNumber", line.directoryNumber())
                    .put("displayName", line.displayName());
        }
        return json;
    }
}
