package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.Cause;
import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.Diagnosis;
import dev.provhub.devicelog.LogQuery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code deviceLog}: the timeline of a device, with what usually lies behind it; and what is forgotten. */
public final class DeviceLogStep {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLogStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 50;
    private static final int MOST = 1000;
    /** How many events are looked at to find a cause, even when fewer are shown. */
    private static final int LOOKED_AT = 200;
    /** Handshakes that failed are looked for at so many of the device's latest addresses. */
    private static final int ADDRESSES = 5;

    private final DeviceLog log;
    private final DeviceRepository devices;
    private final DeviceStates states;
    private final List<Cause> causes;
    private final Retention retention;
    private final Clock clock;

    /**
     * How much is kept.
     *
     * @param age  for how long
     * @param most how many events in all
     */
    public record Retention(Duration age, long most) {}

    /**
     * Needs to know what was heard, and how devices stand.
     *
     * @param causes in order; the first that fits an event explains it
     */
    public DeviceLogStep(
            DeviceLog log,
            DeviceRepository devices,
            DeviceStates states,
            List<Cause> causes,
            Retention retention,
            Clock clock) {
        this.log = log;
        this.devices = devices;
        this.states = states;
        this.causes = List.copyOf(causes);
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * The log of one device, newest first, whether the hub knows the device or not: {@code limit} events (1 to 1000, 50 when
     * missing), {@code before} and {@code after} a number, only of {@code kind}. Handshakes that failed at the device's latest
     * addresses are among them. Before the newest stands how the device is now, where that is worth a word: such an event has no
     * number.
     */
    public void ofDevice(Exchange exchange) {
        Optional<MacAddress> mac = MacAddress.find(header(exchange, "mac"));
        if (mac.isEmpty()) {
            ApiAnswers.problem(
                    exchange, 422, "Unprocessable Content", "'" + header(exchange, "mac") + "' is not a MAC address");
            return;
        }
        Optional<Device> device = devices.findByMac(mac.get());
        String serial = device.map(Device::serial).orElse(null);
        answer(exchange, new LogQuery.OfDevice(mac.get(), serial), states.of(mac.get(), device));
    }

    /** The log of those who named no device, as {@link #ofDevice}; only from {@code address} when it is given. */
    public void ofNobody(Exchange exchange) {
        String address = header(exchange, "address");
        if (!address.matches("[0-9a-fA-F.:]*")) {
            ApiAnswers.problem(exchange, 400, "Bad Request", "address is not an IP address");
            return;
        }
        answer(exchange, new LogQuery.OfNobody(address.isEmpty() ? null : address), List.of());
    }

    private void answer(Exchange exchange, LogQuery.Subject subject, List<DeviceEvent> states) {
        try {
            LogQuery asked = query(exchange, subject);
            LogQuery looked =
                    new LogQuery(subject, Set.of(), asked.before(), asked.after(), Math.max(asked.limit(), LOOKED_AT));
            List<DeviceLog.Numbered> found = withHandshakes(log.page(looked), looked);
            List<DeviceLog.Numbered> page = asked.kinds().isEmpty()
                    ? found.stream().limit(asked.limit()).toList()
                    : log.page(asked);
            Long next = page.size() == asked.limit() ? page.get(page.size() - 1).id() : null;
            List<DeviceLog.Numbered> now = unnumbered(states, asked);
            Diagnosis diagnosis = subject instanceof LogQuery.OfDevice
                    ? Diagnosis.of(joined(now, found), causes)
                    : Diagnosis.ofEach(found, causes);
            ApiAnswers.json(
                    exchange, 200, json(joined(now, page), diagnosis, next).toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", String.valueOf(e.getMessage()));
        }
    }

    /** On the newest page only. Below zero, because no event in the log is. */
    private static List<DeviceLog.Numbered> unnumbered(List<DeviceEvent> states, LogQuery asked) {
        boolean wanted = asked.before() == Long.MAX_VALUE
                && asked.after() == 0
                && (asked.kinds().isEmpty() || asked.kinds().contains(DeviceEvent.Kind.STATE));
        List<DeviceLog.Numbered> numbered = new ArrayList<>();
        for (DeviceEvent state : wanted ? states : List.<DeviceEvent>of()) {
            numbered.add(new DeviceLog.Numbered(-1L - numbered.size(), state));
        }
        return numbered;
    }

    private static List<DeviceLog.Numbered> joined(List<DeviceLog.Numbered> first, List<DeviceLog.Numbered> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static LogQuery query(Exchange exchange, LogQuery.Subject subject) {
        return new LogQuery(
                subject,
                kinds(header(exchange, "kind")),
                QueryNumbers.of(exchange, "before", Long.MAX_VALUE, Long.MAX_VALUE),
                QueryNumbers.of(exchange, "after", 0, Long.MAX_VALUE),
                (int) QueryNumbers.of(exchange, "limit", USUAL, MOST));
    }

    private static Set<DeviceEvent.Kind> kinds(String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        try {
            return Set.of(DeviceEvent.Kind.valueOf(text.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "kind = '" + text + "' is none of contact, report, syslog, notify, handshake, state", e);
        }
    }

    private List<DeviceLog.Numbered> withHandshakes(List<DeviceLog.Numbered> found, LogQuery query) {
        if (found.isEmpty() || !(query.of() instanceof LogQuery.OfDevice)) {
            return found;
        }
        Set<String> addresses = found.stream()
                .filter(numbered -> numbered.event().kind() == DeviceEvent.Kind.CONTACT)
                .map(numbered -> address(numbered.event().asker().remote()))
                .distinct()
                .limit(ADDRESSES)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean isWhole = found.size() < query.limit();
        long oldest = isWhole ? query.after() : found.get(found.size() - 1).id();
        List<DeviceLog.Numbered> all = new ArrayList<>(found);
        for (String address : addresses) {
            all.addAll(log.page(new LogQuery(
                    new LogQuery.OfNobody(address),
                    Set.of(DeviceEvent.Kind.HANDSHAKE),
                    query.before(),
                    oldest,
                    LOOKED_AT)));
        }
        all.sort(Comparator.comparingLong(DeviceLog.Numbered::id).reversed());
        return all;
    }

    private static String address(String remote) {
        return remote.substring(0, Math.max(0, remote.lastIndexOf(':')));
    }

    private static ObjectNode json(List<DeviceLog.Numbered> page, Diagnosis diagnosis, @Nullable Long next) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode events = json.putArray("events");
        for (DeviceLog.Numbered numbered : page) {
            ArrayNode signs = event(events.addObject(), numbered).putArray("causes");
            diagnosis.byEvent().getOrDefault(numbered.id(), List.of()).forEach(cause -> signs.add(cause.id()));
        }
        ArrayNode causes = json.putArray("causes");
        for (Cause cause : diagnosis.all()) {
            ObjectNode one = causes.addObject()
                    .put("id", cause.id())
                    .put("present", diagnosis.present().contains(cause))
                    .put("byHintsOnly", isByHintsOnly(cause, page, diagnosis))
                    .put("is", cause.is().name().toLowerCase(Locale.ROOT))
                    .put("says", cause.says());
            cause.check().forEach(one.putArray("check")::add);
        }
        json.put("next", next);
        return json;
    }

    /** Whether nobody but who could be anybody has given a sign of it, as far as the page shows. */
    private static boolean isByHintsOnly(Cause cause, List<DeviceLog.Numbered> page, Diagnosis diagnosis) {
        return page.stream()
                .filter(numbered -> diagnosis
                        .byEvent()
                        .getOrDefault(numbered.id(), List.of())
                        .contains(cause))
                .noneMatch(numbered -> isCertain(numbered.event()));
    }

    /** By proof, or because the hub itself says so. */
    private static boolean isCertain(DeviceEvent event) {
        DeviceEvent.Evidence evidence = event.asker().evidence();
        return event.kind() == DeviceEvent.Kind.STATE
                || evidence == DeviceEvent.Evidence.PROOF
                || evidence == DeviceEvent.Evidence.CONTRADICTION;
    }

    private static ObjectNode event(ObjectNode json, DeviceLog.Numbered numbered) {
        DeviceEvent event = numbered.event();
        MacAddress mac = event.asker().mac();
        return json.put("id", numbered.id() < 0 ? null : numbered.id())
                .put("time", event.time().toString())
                .put("kind", event.kind().word())
                .put("mac", mac == null ? null : mac.hex())
                .put("serial", event.asker().serial())
                .put("evidence", event.asker().evidence().word())
                .put("by", event.asker().by())
                .put("transport", event.asker().transport())
                .put("remote", event.asker().remote())
                .put("userAgent", event.asker().userAgent())
                .put("what", event.what())
                .put("outcome", event.verdict().outcome())
                .put("rule", emptyAsNull(event.verdict().rule()))
                .put("reason", event.verdict().reason())
                .put("bytes", event.given().bytes())
                .put("sealing", event.given().sealing())
                .put("given", event.given().what())
                .put("applied", event.shown().revision())
                .put("version", event.shown().version());
    }

    private static @Nullable String emptyAsNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, "", String.class);
    }

    /** Takes away what is older, or more, than is kept. */
    public void forget() {
        int old = log.forgetBefore(clock.instant().minus(retention.age()));
        int many = log.keepNewest(retention.most());
        if (old + many > 0) {
            LOG.info("Device log shortened old={} many={}", old, many);
        }
    }
}
