package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.KeyGrant;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code grants}: lets an operator allow a device to be given its key without a good certificate of its own. */
public final class GrantsStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_HOURS = 24 * 14;
    private static final int USUAL_HOURS = 24;
    private static final int LARGEST_BYTES = 4096;
    /** In place of a MAC address. */
    private static final String ALL_DEVICES = "all";

    private static final Set<String> FIELDS = Set.of("kind", "mac", "serial", "hours");

    private final KeyGrants grants;
    private final DeviceRepository devices;
    private final AuditLog audit;
    private final UnitOfWork unitOfWork;
    private final Supplier<String> words;
    private final Function<Device, String> homes;
    private final Clock clock;

    /**
     * Needs the grants, and the devices that they are for.
     *
     * @param words gives a new unguessable word of lower-case letters and digits
     * @param homes where a device finds the hub over HTTPS that it can speak
     */
    public GrantsStep(
            KeyGrants grants,
            DeviceRepository devices,
            AuditLog audit,
            UnitOfWork unitOfWork,
            Supplier<String> words,
            Function<Device, String> homes,
            Clock clock) {
        this.grants = grants;
        this.devices = devices;
        this.audit = audit;
        this.unitOfWork = unitOfWork;
        this.words = words;
        this.homes = homes;
        this.clock = clock;
    }

    /** All that are not over, and the faulty ones. */
    public void list(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("grants");
        grants.list(clock.instant()).forEach(grant -> all.add(describe(grant)));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /**
     * Makes one from {@code {"kind": "token"|"exception"|"targeted", "mac": …, "serial": …, "hours": …}}: 201; 422 with what is
     * wrong. Only a window for targeted profiles may be for {@code all} devices. The URL of a token is told once.
     */
    public void create(Exchange exchange) {
        try {
            JsonNode body = ApiAnswers.object(exchange, LARGEST_BYTES, FIELDS);
            String token = null;
            KeyGrant grant = grant(body);
            if (grant.kind() == KeyGrant.Kind.TOKEN) {
                token = words.get();
            }
            String secret = token;
            String who = HubExchange.caller(exchange);
            unitOfWork.run(() -> {
                grants.add(grant, secret, clock.instant());
                audit.add(
                        who, "key granted kind=" + word(grant) + " device=" + grant.mac() + " until=" + grant.until());
                return grant;
            });
            ObjectNode json = describe(grant);
            if (token != null) {
                json.put("url", homes.apply(claimed(String.valueOf(grant.mac()))) + "/k/" + token + ".cfg");
            }
            ApiAnswers.json(exchange, 201, json.toString());
        } catch (IllegalArgumentException e) {
            refuse(exchange, String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(Exchange exchange, String detail) {
        ApiAnswers.problem(exchange, 422, "Unprocessable Content", detail);
    }

    private KeyGrant grant(JsonNode body) {
        KeyGrant.Kind kind = kind(body.path("kind").asText());
        JsonNode said = body.path("hours");
        int hours = said.isMissingNode() ? USUAL_HOURS : said.isInt() ? said.asInt() : 0;
        if (hours < 1 || hours > LONGEST_HOURS) {
            throw new IllegalArgumentException(
                    "hours = " + said + " is not allowed; allowed: a whole number from 1 to " + LONGEST_HOURS);
        }
        MacAddress mac =
                kind == KeyGrant.Kind.TARGETED && body.path("mac").asText().equals(ALL_DEVICES)
                        ? null
                        : claimed(body.path("mac").asText()).mac();
        String serial = serial(kind, body);
        Instant until = clock.instant().plus(Duration.ofHours(hours));
        return new KeyGrant(words.get().substring(0, 12), kind, mac, serial, until, null, null);
    }

    private static KeyGrant.Kind kind(String word) {
        for (KeyGrant.Kind kind : KeyGrant.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind = '" + word + "' is not allowed; allowed: token, exception, targeted");
    }

    private Device claimed(String mac) {
        return MacAddress.find(mac)
                .flatMap(devices::findByMac)
                .filter(Device::claimed)
                .orElseThrow(() -> new IllegalArgumentException("mac = '" + mac + "' is of no device that is claimed"));
    }

    private static @Nullable String serial(KeyGrant.Kind kind, JsonNode body) {
        String serial = body.path("serial").asText();
        if (kind == KeyGrant.Kind.EXCEPTION && !serial.matches("[A-Za-z0-9]{1,64}")) {
            throw new IllegalArgumentException(
                    "serial = '" + serial + "' is not allowed; allowed: the unit's serial number, letters and digits");
        }
        return kind == KeyGrant.Kind.EXCEPTION ? serial : null;
    }

    /** Takes one back: 204; 404 when there is none. */
    public void remove(Exchange exchange) {
        String id = exchange.getMessage().getHeader("id", "", String.class);
        String who = HubExchange.caller(exchange);
        boolean removed = unitOfWork.run(() -> {
            boolean gone = grants.remove(id);
            if (gone) {
                audit.add(who, "grant taken back id=" + id);
            }
            return gone;
        });
        if (removed) {
            ApiAnswers.answer(exchange, 204, "application/json", "");
        } else {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such grant");
        }
    }

    private static String word(KeyGrant grant) {
        return grant.kind().name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode describe(KeyGrant grant) {
        return JSON.createObjectNode()
                .put("id", grant.id())
                .put("kind", word(grant))
                .put("mac", grant.mac() == null ? null : grant.mac().hex())
                .put("serial", grant.serial())
                .put("until", grant.until().toString())
                .put("usedFrom", grant.usedFrom())
                .put("fault", grant.fault());
    }
}
