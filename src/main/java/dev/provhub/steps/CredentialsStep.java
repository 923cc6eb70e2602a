package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.Line;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.GeneratedPasswords;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.ServiceOrder;
import dev.provhub.order.SipCredentials;
import dev.provhub.order.SipCredentials.Whose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code credentials}: tells the SIP platform of passwords that the hub has made, before a phone has them. */
public final class CredentialsStep {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIAL = "hubCredential";
    private static final int AT_ONCE = 500;

    private final SipCredentials credentials;
    private final GeneratedPasswords passwords;
    private final DeviceRepository devices;
    private final OrderRepository orders;
    private final Target target;
    private final Clock clock;

    /**
     * Who is told, and what.
     *
     * @param isOn  whether anybody is
     * @param ha1   whether it is the digest of user, realm and password instead of the password
     * @param url   empty where it is not by HTTP
     * @param token bearer token for that; secret; may be empty
     */
    public record Target(boolean isOn, boolean ha1, String url, String token) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Target[" + isOn + "]";
        }
    }

    /** Needs what has been told, how passwords are made, and the devices that have them. */
    public CredentialsStep(
            SipCredentials credentials,
            GeneratedPasswords passwords,
            DeviceRepository devices,
            OrderRepository orders,
            Target target,
            Clock clock) {
        this.credentials = credentials;
        this.passwords = passwords;
        this.devices = devices;
        this.orders = orders;
        this.target = target;
        this.clock = clock;
    }

    /** Notes those of orders that have just been carried out; to be called in the transaction that keeps them. */
    public void await(List<BulkIntake.Outcome> outcomes) {
        if (target.isOn()) {
            outcomes.forEach(outcome -> Optional.ofNullable(outcome.order()).ifPresent(this::await));
        }
    }

    /** Notes those of {@code hubOrder}, which has just been carried out. */
    public void ofOrder(Exchange exchange) {
        orders.find(HubExchange.required(exchange, HubExchange.ORDER, String.class))
                .ifPresent(this::await);
    }

    private void await(ServiceOrder order) {
        order.items().stream().map(item -> item.line().mac()).distinct().forEach(mac -> devices.findByMac(mac)
                .ifPresent(device -> credentials.await(generated(device))));
    }

    /** As many of those that have to be told as are told in one turn, into the body. */
    public void awaited(Exchange exchange) {
        exchange.getMessage().setBody(credentials.awaited(AT_ONCE));
    }

    /** Those of {@code hubDevice} that have to be told, into the body: mostly none. Until {@code ofDeviceDone} a failure is theirs. */
    public void ofDevice(Exchange exchange) {
        exchange.setProperty(HubExchange.TELLING, true);
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        List<Whose> all = generated(device);
        Set<Whose> told = all.isEmpty() ? Set.of() : credentials.told(device.mac());
        exchange.getMessage()
                .setBody(all.stream().filter(one -> !told.contains(one)).toList());
    }

    /** All of a device were told; the body is null. */
    public void ofDeviceDone(Exchange exchange) {
        exchange.removeProperty(HubExchange.TELLING);
        exchange.getMessage().setBody(null);
    }

    private List<Whose> generated(Device device) {
        return device.lines().stream()
                .filter(line -> line.sipPassword()
                        .equals(passwords.of(device.mac(), line.number(), line.sipUser(), line.sipDomain())))
                .map(line -> new Whose(device.mac(), line.number(), line.sipUser(), line.sipDomain()))
                .toList();
    }

    /**
     * Makes what the SIP platform is told of the one in the body: the body becomes JSON with {@code user}, {@code realm}, {@code
     * mac}, {@code line} and {@code password} or {@code ha1}; where it is told by SQL, a map of the same. The body is null when the
     * line is not there any more.
     */
    public void message(Exchange exchange) {
        Whose whose = exchange.getMessage().getBody(Whose.class);
        exchange.setProperty(CREDENTIAL, whose);
        exchange.getMessage().removeHeaders("*");
        Optional<Line> line = devices.findByMac(whose.mac())
                .flatMap(device -> device.line(whose.lineNumber()))
                .filter(known -> known.sipUser().equals(whose.user())
                        && known.sipDomain().equals(whose.domain()));
        if (line.isEmpty()) {
            credentials.forget(whose);
            exchange.getMessage().setBody(null);
            return;
        }
        String password = passwords.of(whose.mac(), whose.lineNumber(), whose.user(), whose.domain());
        String user = Optional.ofNullable(line.get().sipAuthUser()).orElse(whose.user());
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("user", user);
        told.put("realm", whose.domain());
        told.put("mac", whose.mac().hex());
        told.put("line", whose.lineNumber());
        told.put(
                target.ha1() ? "ha1" : "password",
                target.ha1() ? md5(user + ":" + whose.domain() + ":" + password) : password);
        exchange.getMessage().setBody(told);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is not to be had", e);
        }
    }

    /** The map in the body becomes JSON. */
    public void json(Exchange exchange) {
        exchange.getMessage()
                .setBody(JSON.valueToTree(exchange.getMessage().getBody(Map.class))
                        .toString());
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
    }

    /** Messages of one user stay in order in their topic. To be called while the body is the map. */
    public void key(Exchange exchange) {
        Map<?, ?> told = exchange.getMessage().getBody(Map.class);
        exchange.getMessage().setHeader(KafkaConstants.KEY, told.get("user") + "@" + told.get("realm"));
    }

    /** Where the JSON in the body goes over HTTP, and who we are. */
    public void http(Exchange exchange) {
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_URI, target.url());
        if (!target.token().isEmpty()) {
            exchange.getMessage().setHeader("Authorization", "Bearer " + target.token());
        }
    }

    /** The platform has it. */
    public void told(Exchange exchange) {
        Whose whose = HubExchange.required(exchange, CREDENTIAL, Whose.class);
        credentials.told(whose, clock.instant());
        LOG.info("SIP credential told device={} line={}", whose.mac(), whose.lineNumber());
    }
}
