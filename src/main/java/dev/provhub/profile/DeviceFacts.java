package dev.provhub.profile;

import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.Line;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The facts of one device, or of one request that has no device. */
final class DeviceFacts implements Facts {
    /** How many domains {@code Restricted_Access_Domains} takes (device protocol, section 3.1). */
    private static final int MOST_DOMAINS = 5;

    private final Map<String, Fact> facts = new HashMap<>();
    private final @Nullable String seed;
    private final DerivedSecrets secrets;

    DeviceFacts(
            @Nullable Device device, @Nullable DeviceModel model, PublicAddresses addresses, DerivedSecrets secrets) {
        this.secrets = secrets;
        this.seed = device == null ? null : device.standing().seed();
        open("public.tftp", addresses.tftp());
        open("public.http", addresses.http());
        open("public.https", addresses.https());
        open("public.https-legacy", addresses.httpsLegacy());
        open("public.api", addresses.api());
        open("device.model", model == null ? null : model.name());
        if (device != null) {
            open("device.mac", device.mac().hex());
            open("device.mac.upper", device.mac().upper());
            open("device.serial", device.serial());
            open("device.timeZone", device.place().timeZone());
            open("device.domains", domains(device, addresses));
        }
    }

    /** Null when there are too many, or one is an address: the parameter takes names only, and a wrong list locks out. */
    private static @Nullable String domains(Device device, PublicAddresses addresses) {
        TreeSet<String> domains = new TreeSet<>(addresses.hosts());
        for (Line line : device.servedLines()) {
            domains.add(withoutPort(line.sipDomain()));
            if (line.sipProxy() != null) {
                domains.add(withoutPort(line.sipProxy()));
            }
        }
        boolean namesOnly = domains.stream().noneMatch(name -> name.matches("[0-9.]+|.*[:\\[].*"));
        return namesOnly && domains.size() <= MOST_DOMAINS ? String.join(",", domains) : null;
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d+$", "");
    }

    DeviceFacts open(String name, @Nullable String text) {
        facts.put(name, Fact.open(text));
        return this;
    }

    DeviceFacts secret(String name, @Nullable String text) {
        facts.put(name, Fact.secret(text));
        return this;
    }

    @Override
    public Fact of(String name) {
        if (name.startsWith(Placeholders.SECRET)) {
            String secret = name.substring(Placeholders.SECRET.length());
            return Fact.secret(seed == null ? null : secrets.derive(seed, secret));
        }
        return facts.getOrDefault(name, Fact.open(null));
    }

    /** The same with the facts of a line. */
    Facts of(Line line) {
        return name -> name.startsWith(Placeholders.LINE)
                ? lineFact(line, name.substring(Placeholders.LINE.length()))
                : of(name);
    }

    private static Fact lineFact(Line line, String name) {
        return switch (name) {
            case "number" -> Fact.open(Integer.toString(line.number()));
            case "sipUser" -> Fact.open(line.sipUser());
            case "sipAuthUser" -> Fact.open(line.sipAuthUser());
            case "sipPassword" -> Fact.secret(line.sipPassword());
            case "sipDomain" -> Fact.open(line.sipDomain());
            case "sipProxy" -> Fact.open(line.sipProxy());
            case "sipTransport" -> Fact.open(line.sipTransport());
            case "displayName" -> Fact.open(line.displayName());
            case "directoryNumber" -> Fact.open(line.directoryNumber());
            default -> throw new IllegalStateException("no fact line." + name);
        };
    }
}
