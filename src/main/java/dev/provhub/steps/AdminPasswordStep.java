package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.ProfileException;
import dev.provhub.profile.ProfileHandover;
import dev.provhub.profile.ProfileValue;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code adminPassword}: shows an administrator the password of a device's own pages, and writes down that it did. */
public final class AdminPasswordStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As the families call it. */
    private static final List<String> PARAMETERS =
            List.of("Admin_Passwd", "Admin_Password", "router-configuration/Web_Login_Admin_Password");

    private final DeviceRepository devices;
    private final DeviceModels models;
    private final ProfileHandover handover;
    private final GivenProfiles given;
    private final AuditLog audit;

    /** Needs the devices, who composes, what was given, and where it is written down that a password was shown. */
    public AdminPasswordStep(
            DeviceRepository devices,
            DeviceModels models,
            ProfileHandover handover,
            GivenProfiles given,
            AuditLog audit) {
        this.devices = devices;
        this.models = models;
        this.handover = handover;
        this.given = given;
        this.audit = audit;
    }

    private record Password(String parameter, String text, String revision) {}

    /**
     * The password that a device has applied, and the one that it gets next where that is another one; null for none. 404 when there is
     * no such device, or neither is known.
     */
    public void show(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Device device = MacAddress.find(ApiQuery.text(exchange, "mac"))
                    .flatMap(devices::findByMac)
                    .orElseThrow(ApiRefusal::noDevice);
            Optional<Password> present = present(device);
            Optional<Password> next = next(device)
                    .filter(password -> present.filter(known -> known.text().equals(password.text()))
                            .isEmpty());
            if (present.isEmpty() && next.isEmpty()) {
                throw new ApiRefusal(404, "no password of device " + device.mac() + " is known");
            }
            audit.add(HubExchange.caller(exchange), "admin password shown device=" + device.mac());
            ObjectNode json = JSON.createObjectNode().put("mac", device.mac().hex());
            describe(json, "present", present.orElse(null));
            describe(json, "pending", next.orElse(null));
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    private static void describe(ObjectNode json, String name, @Nullable Password password) {
        if (password == null) {
            json.putNull(name);
        } else {
            json.putObject(name)
                    .put("parameter", password.parameter())
                    .put("password", password.text())
                    .put("revision", password.revision());
        }
    }

    private Optional<Password> present(Device device) {
        return Optional.ofNullable(device.standing().appliedRevision())
                .flatMap(applied -> given.find(device.mac(), applied))
                .flatMap(profile -> among(profile.values(), profile.revision()));
    }

    private Optional<Password> next(Device device) {
        Optional<DeviceModel> model = models.named(device.model());
        if (!device.claimed() || model.isEmpty() || model.get().provisionable().isEmpty()) {
            return Optional.empty();
        }
        try {
            var profile = handover.preview(device, model.get());
            return among(profile.values(), String.valueOf(profile.revision()));
        } catch (ProfileException e) {
            throw new ApiRefusal(409, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Password> among(List<ProfileValue> values, String revision) {
        return PARAMETERS.stream()
                .flatMap(name -> values.stream().filter(value -> value.name().equals(name)))
                .findFirst()
                .map(value -> new Password(value.name(), value.text(), revision));
    }
}
