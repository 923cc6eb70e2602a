package dev.provhub.templates;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileValue;
import dev.provhub.profile.PublicAddresses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a template sees. A fact that is not known is not there, so that a template must say {@code !} where it may be missing. */
public final class TemplateValues {
    private TemplateValues() {}

    /** For everybody: the model and the public addresses. */
    public static Map<String, Object> open(DeviceModel model, PublicAddresses addresses) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model", model.name());
        values.put(
                "public",
                Map.of(
                        "tftp", addresses.tftp(),
                        "http", addresses.http(),
                        "https", addresses.https(),
                        "httpsLegacy", addresses.httpsLegacy()));
        return values;
    }

    /** For a proven device: also what it is, its lines with their passwords, and the values of its layers. */
    public static Map<String, Object> of(Device device, DeviceModel model, PublicAddresses addresses, Profile profile) {
        Map<String, Object> values = open(model, addresses);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("mac", device.mac().hex());
        facts.put("macUpper", device.mac().upper());
        facts.put("macColons", device.mac().withColons());
        put(facts, "serial", device.serial());
        put(facts, "tenant", device.place().tenant());
        put(facts, "plan", device.place().plan());
        put(facts, "timeZone", device.place().timeZone());
        values.put("device", facts);
        values.put(
                "lines", device.servedLines().stream().map(TemplateValues::line).toList());
        Map<String, String> texts = new LinkedHashMap<>();
        List<ProfileValue> all = profile.values();
        all.forEach(value -> texts.put(value.name(), value.text()));
        values.put("values", texts);
        return values;
    }

    private static Map<String, Object> line(Line line) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("number", line.number());
        facts.put("sipUser", line.sipUser());
        facts.put("sipPassword", line.sipPassword());
        facts.put("sipDomain", line.sipDomain());
        put(facts, "sipAuthUser", line.sipAuthUser());
        put(facts, "sipProxy", line.sipProxy());
        put(facts, "sipTransport", line.sipTransport());
        put(facts, "displayName", line.displayName());
        put(facts, "directoryNumber", line.directoryNumber());
        return facts;
    }

    private static void put(Map<String, Object> facts, String name, @Nullable String text) {
        if (text != null) {
            facts.put(name, text);
        }
    }
}
