package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceKey;
import dev.provhub.device.DeviceKeys;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code rotation}: gives devices a new key and directory; the pair before stays valid until the device asks at the new one. */
public final class RotationStep {
    private final DeviceRepository devices;
    private final AuditLog audit;
    private final UnitOfWork unitOfWork;
    private final Supplier<DeviceKey> newKeys;

    /** @param newKeys gives a new random key and directory */
    public RotationStep(DeviceRepository devices, AuditLog audit, UnitOfWork unitOfWork, Supplier<DeviceKey> newKeys) {
        this.devices = devices;
        this.audit = audit;
        this.unitOfWork = unitOfWork;
        this.newKeys = newKeys;
    }

    /**
     * Begins the rotation of the device that the header {@code mac} names, and sets {@code hubMac}: 202; 404 when there is none
     * that holds a key.
     */
    public void rotate(Exchange exchange) {
        Optional<Device> device = MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class))
                .flatMap(devices::findByMac)
                .filter(known -> known.standing().keys().current() != null);
        if (device.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device, or it has no key yet");
            return;
        }
        MacAddress mac = device.get().mac();
        begin(mac, HubExchange.caller(exchange));
        exchange.setProperty(HubExchange.MAC, mac);
        ApiAnswers.json(exchange, 202, "{\"mac\":\"" + mac.hex() + "\",\"rotation\":\"begun\"}");
    }

    /** Begins the rotation of the device that the header {@code mac} names, because its key is old, and sets {@code hubMac}. */
    public void age(Exchange exchange) {
        MacAddress mac = MacAddress.parse(exchange.getMessage().getHeader("mac", "", String.class));
        begin(mac, "hub.rotation.days");
        exchange.setProperty(HubExchange.MAC, mac);
    }

    private void begin(MacAddress mac, String who) {
        unitOfWork.run(() -> {
            audit.add(who, "key rotation begun device=" + mac);
            return devices.change(mac, DeviceRepository.Change.ofExisting(mac, this::rotating));
        });
    }

    private Device rotating(Device device) {
        DeviceKeys before = device.standing().keys();
        DeviceKeys after = before.rotating(newKeys);
        return after.equals(before)
                ? device
                : device.withStanding(device.standing().rotating(after));
    }
}
