package dev.provhub.command;

import dev.provhub.config.YamlNode;
import dev.provhub.device.MacAddress;
import java.util.List;
import java.util.Set;

/**
 * The virtual phones of the demo.
 *
 * @param phones at least one
 */
record DemoFleet(List<Member> phones) {
    /**
     * One phone.
     *
     * @param model  name in {@code config/models.yaml}, known to the emulator too
     * @param dhcp   {@code http} or {@code tftp}: what the router's DHCP option says
     * @param before firmware version that it starts with
     * @param after  firmware version that it is to run in the end
     */
    record Member(MacAddress mac, String model, String serial, String dhcp, String before, String after) {}

    static DemoFleet read(YamlNode file) {
        return new DemoFleet(file.allow(Set.of("phones", "containers")).get("phones").items().stream()
                .map(phone -> new Member(
                        MacAddress.parse(phone.get("mac").text()),
                        phone.get("model").text(),
                        phone.get("serial").text(),
                        phone.get("dhcp").text(),
                        phone.get("before").text(),
                        phone.get("after").text()))
                .toList());
    }
}
