package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.devicelog.PlainText;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.DeviceReports;
import dev.provhub.report.DeviceReports.Open;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Step {@code reportPages}: what devices have reported, and what is decided about their drift. */
public final class ReportPagesStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BYTES = 4096;
    private static final String MASK = "***";

    private final DeviceReports reports;
    private final DeviceRepository devices;
    private final UnitOfWork work;
    private final AuditLog audit;

    /** Needs where reports are kept. */
    public ReportPagesStep(DeviceReports reports, DeviceRepository devices, UnitOfWork work, AuditLog audit) {
        this.reports = reports;
        this.devices = devices;
        this.work = work;
        this.audit = audit;
    }

    /** The latest report of a {@code kind} (full, delta or status; full when missing), secrets masked: 200, or 404. */
    public void report(Exchange exchange) {
        try {
            DeviceReport.Kind kind = kind(exchange.getMessage().getHeader("kind", "full", String.class));
            Optional<DeviceReports.Kept> kept = named(exchange).flatMap(device -> reports.find(device.mac(), kind));
            if (kept.isEmpty()) {
                ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device, or it has not reported yet");
                return;
            }
            ObjectNode json = JSON.createObjectNode()
                    .put("kind", kind.word())
                    .put("received", kept.get().received().toString())
                    .put("revision", kept.get().revision())
                    .put("cut", kept.get().report().cut());
            ArrayNode entries = json.putArray("entries");
            kept.get().report().entries().forEach(entry -> entries.addObject()
                    .put("name", entry.name())
                    .put("group", entry.group().isEmpty() ? null : entry.group())
                    .put("value", entry.text()));
            ApiAnswers.json(exchange, 200, json.toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", String.valueOf(e.getMessage()));
        }
    }

    private static DeviceReport.Kind kind(String word) {
        try {
            return DeviceReport.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("kind = '" + word + "' is none of full, delta, status", e);
        }
    }

    /** What differs on a device between what it was given and what it says: 200, or 404. */
    public void drift(Exchange exchange) {
        Optional<Device> device = named(exchange);
        if (device.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
            return;
        }
        ApiAnswers.json(exchange, 200, json(reports.drift(device.get().mac())).toString());
    }

    private static ObjectNode json(List<Open> drift) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("drift");
        for (Open open : drift) {
            boolean secret = open.finding().secret();
            all.addObject()
                    .put("parameter", open.finding().parameter())
                    .put("given", secret ? MASK : PlainText.of(open.finding().given()))
                    .put("found", secret ? MASK : PlainText.of(open.finding().found()))
                    .put("policy", open.action().word())
                    .put("undecided", open.open())
                    .put("since", open.since().toString());
        }
        return json;
    }

    /**
     * Decides about one parameter from {@code {"parameter": …, "decision": "restore" | "keep"}}: 200 with what is left; 404; 422
     * with what is wrong.
     */
    public void decide(Exchange exchange) {
        Optional<Device> device = named(exchange);
        if (device.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
            return;
        }
        try {
            JsonNode body = ApiAnswers.object(exchange, LARGEST_BYTES, Set.of("parameter", "decision"));
            String parameter = body.path("parameter").asText();
            String decision = body.path("decision").asText();
            if (!decision.equals("restore") && !decision.equals("keep")) {
                throw new IllegalArgumentException("field 'decision' = '" + decision + "' is neither restore nor keep");
            }
            String who = HubExchange.caller(exchange);
            List<Open> left = work.run(() -> decided(device.get(), parameter, decision.equals("restore"), who));
            ApiAnswers.json(exchange, 200, json(left).toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    private List<Open> decided(Device device, String parameter, boolean restore, String who) {
        List<Open> all = reports.drift(device.mac());
        Open asked = all.stream()
                .filter(open -> open.open() && open.finding().parameter().equals(parameter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "field 'parameter' = '" + PlainText.of(parameter, 60) + "' is not undecided on this device"));
        List<Open> left = all.stream().filter(open -> !open.equals(asked)).toList();
        reports.setDrift(device.mac(), left);
        if (restore) {
            devices.change(device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> {
                Map<String, String> settings = new TreeMap<>(now.settings());
                boolean isStillKept = asked.finding().found().equals(settings.get(parameter));
                if (isStillKept && asked.wasOwn()) {
                    settings.put(parameter, asked.finding().given());
                } else if (isStillKept) {
                    settings.remove(parameter);
                }
                return DeviceSettings.of(now, settings);
            }));
        }
        audit.add(
                who,
                "drift decided device=" + device.mac() + " parameter=" + parameter + " decision="
                        + (restore ? "restore" : "keep"));
        return left;
    }

    private Optional<Device> named(Exchange exchange) {
        return MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class))
                .flatMap(devices::findByMac);
    }
}
