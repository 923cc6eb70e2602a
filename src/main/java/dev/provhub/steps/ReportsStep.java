package dev.provhub.steps;

import dev.provhub.device.AuditLog;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.UnitOfWork;
import dev.provhub.devicelog.PlainText;
import dev.provhub.profile.GivenProfile;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.ParameterDictionary;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.report.DeviceReport;
import dev.provhub.report.DeviceReports;
import dev.provhub.report.DeviceReports.Open;
import dev.provhub.report.Drift;
import dev.provhub.report.DriftPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Step {@code reports}: takes what a device reports, holds it against what the device was given, and acts on what was changed on
 * the phone as the policy says.
 */
public final class ReportsStep {
    private static final String SAID_BY = "report of the device";
    private static final String REVISION = "GPP_P";
    private static final String UPGRADE_ERROR = "GPP_O";
    private static final int LARGEST_BYTES = 1024 * 1024;
    private static final int NAMED_IN_REASON = 20;

    private final DeviceReports reports;
    private final DeviceRepository devices;
    private final GivenProfiles given;
    private final ParameterDictionary dictionary;
    private final ProfileComposer composer;
    private final DriftPolicy policy;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Clock clock;

    /** Needs where reports are kept, and what devices were given. */
    public ReportsStep(
            DeviceReports reports,
            DeviceRepository devices,
            GivenProfiles given,
            ParameterDictionary dictionary,
            ProfileComposer composer,
            DriftPolicy policy,
            UnitOfWork work,
            AuditLog audit,
            Clock clock) {
        this.reports = reports;
        this.devices = devices;
        this.given = given;
        this.dictionary = dictionary;
        this.composer = composer;
        this.policy = policy;
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * From {@code hubUpload} of {@code hubDevice} to an empty answer; the outcome is {@code as given}, {@code drift}, {@code not
     * applied}, {@code kept} (nothing to compare with) or {@code refused}, which the phone is told as "not found".
     */
    public void take(Exchange exchange) throws IOException {
        Device device = HubExchange.required(exchange, HubExchange.DEVICE, Device.class);
        DeviceModel model = HubExchange.required(exchange, HubExchange.MODEL, DeviceModel.class);

        Message message = HubExchange.emptied(exchange);
        try {
            boolean proven = exchange.getProperty(HubExchange.IDENTITY) instanceof Identity.ByDirectory owner
                    && owner.withCertificate();
            DeviceReport report = SealedReports.read(body(exchange), device, model, proven);
            upgradeError(device, report).ifPresent(error -> exchange.setProperty(HubExchange.UPGRADE_ERROR, error));
            conclude(exchange, kept(device, model, report));
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
            message.setBody(new byte[0]);
        } catch (IllegalArgumentException e) {
            conclude(exchange, new Conclusion("refused", "the report is not taken: " + e.getMessage()));
        }
    }

    /** A device that a rollout has told a version puts it there before it reports, nothing for none; else the register holds a turn. */
    private static Optional<String> upgradeError(Device device, DeviceReport report) {
        return device.standing().rolled().version() == null
                ? Optional.empty()
                : report.find(UPGRADE_ERROR)
                        .map(String::strip)
                        .filter(text -> text.length() != 1 && !text.startsWith("$"));
    }

    private static byte[] body(Exchange exchange) throws IOException {
        Object upload = HubExchange.required(exchange, HubExchange.UPLOAD, Object.class);
        byte[] bytes = upload instanceof InputStream stream ? stream.readNBytes(LARGEST_BYTES + 1) : (byte[]) upload;
        if (bytes.length > LARGEST_BYTES) {
            throw new IllegalArgumentException("it is larger than " + LARGEST_BYTES + " bytes");
        }
        return bytes;
    }

    private record Conclusion(String outcome, String reason) {}

    private static void conclude(Exchange exchange, Conclusion conclusion) {
        exchange.setProperty(HubExchange.OUTCOME, conclusion.outcome());
        exchange.setProperty(HubExchange.REASON, conclusion.reason());
    }

    private Conclusion kept(Device device, DeviceModel model, DeviceReport report) {
        String revision = report.find(REVISION)
                .filter(text -> !text.isEmpty())
                .orElse(device.standing().appliedRevision());
        Optional<GivenProfile> applied = revision == null ? Optional.empty() : given.find(device.mac(), revision);
        ReportMask mask =
                new ReportMask(dictionary, applied.map(GivenProfile::values).orElse(List.of()), device);
        return work.run(() -> {
            reports.keep(
                    device.mac(), new DeviceReports.Kept(mask.masked(report), clock.instant(), shortened(revision)));
            return report.kind() == DeviceReport.Kind.STATUS
                    ? new Conclusion("kept", "a status, which is compared with nothing")
                    : compared(device, model, report, revision, applied, mask);
        });
    }

    private static @Nullable String shortened(@Nullable String revision) {
        return revision == null ? null : PlainText.of(revision, 60);
    }

    private Conclusion compared(
            Device device,
            DeviceModel model,
            DeviceReport report,
            @Nullable String revision,
            Optional<GivenProfile> applied,
            ReportMask mask) {
        if (applied.isEmpty()) {
            return new Conclusion(
                    "kept",
                    revision == null
                            ? "the phone has applied no profile yet"
                            : "what was given under revision " + PlainText.of(revision, 60) + " is not kept any more");
        }
        List<Drift.Given> values = applied.get().values().stream()
                .map(value ->
                        new Drift.Given(value.name(), value.text(), value.secret() || mask.isSecret(value.name())))
                .toList();
        Drift drift = Drift.between(
                values, report.parameters(), name -> dictionary.find(name).isPresent());
        boolean isFresh = applied.get().revision().equals(device.standing().appliedRevision())
                || applied.get().revision().equals(device.standing().given().revision());
        List<Open> found = judged(device, model, withSecrets(drift, mask), report.kind(), isFresh);
        reports.setDrift(device.mac(), found);
        keepOnDevice(device, found);
        return conclusion(device, report, applied.get(), drift, found);
    }

    /** Somebody may have written a password where none belongs. */
    private static Drift withSecrets(Drift drift, ReportMask mask) {
        return new Drift(
                drift.changed().stream()
                        .map(finding -> mask.holdsSecret(finding.found())
                                ? new Drift.Finding(finding.parameter(), finding.given(), finding.found(), true)
                                : finding)
                        .toList(),
                drift.unknown());
    }

    /**
     * What differs now; and what somebody has still to decide, which since then is the device's own setting.
     *
     * @param isFresh whether it is about what the device holds now; an old report may have been recorded on the way
     */
    private List<Open> judged(Device device, DeviceModel model, Drift drift, DeviceReport.Kind kind, boolean isFresh) {
        Map<String, Open> before = reports.drift(device.mac()).stream()
                .collect(Collectors.toMap(open -> open.finding().parameter(), Function.identity()));
        Map<String, Open> now = new TreeMap<>();
        before.values().stream()
                .filter(open -> open.open() ? isStillKept(device, open) : kind == DeviceReport.Kind.DELTA)
                .forEach(open -> now.put(open.finding().parameter(), open));
        for (Drift.Finding finding : drift.changed()) {
            Open earlier = before.get(finding.parameter());
            Instant since = earlier == null ? clock.instant() : earlier.since();
            DriftPolicy.Action action = isFresh ? action(model, finding) : DriftPolicy.Action.RESTORE;
            boolean wasOwn = earlier == null ? device.settings().containsKey(finding.parameter()) : earlier.wasOwn();
            now.put(finding.parameter(), new Open(finding, action, action == DriftPolicy.Action.ASK, wasOwn, since));
        }
        return new ArrayList<>(now.values());
    }

    /** Once somebody has set something else, there is nothing left to decide. */
    private static boolean isStillKept(Device device, Open open) {
        return open.finding()
                .found()
                .equals(device.settings().get(open.finding().parameter()));
    }

    /** What keeps the device in touch, what is secret, and what could not be a setting is never kept. */
    private DriftPolicy.Action action(DeviceModel model, Drift.Finding finding) {
        DriftPolicy.Action said = policy.of(finding.parameter());
        boolean canBeKept = !finding.secret()
                && composer.complaint(model, finding.parameter(), finding.found())
                        .isEmpty();
        return canBeKept ? said : DriftPolicy.Action.RESTORE;
    }

    private void keepOnDevice(Device device, List<Open> found) {
        Map<String, String> kept = new LinkedHashMap<>();
        found.stream()
                .filter(open -> open.action() != DriftPolicy.Action.RESTORE)
                .forEach(open ->
                        kept.put(open.finding().parameter(), open.finding().found()));
        kept.entrySet()
                .removeIf(setting -> setting.getValue().equals(device.settings().get(setting.getKey())));
        if (kept.isEmpty()) {
            return;
        }
        devices.change(device.mac(), DeviceRepository.Change.ofExisting(device.mac(), now -> {
            Map<String, String> settings = new TreeMap<>(now.settings());
            settings.putAll(kept);
            return DeviceSettings.of(now, settings);
        }));
        audit.add(
                SAID_BY,
                "settings kept from the phone device=" + device.mac() + " parameters="
                        + String.join(",", kept.keySet()));
    }

    private static Conclusion conclusion(
            Device device, DeviceReport report, GivenProfile applied, Drift drift, List<Open> found) {
        String rest = (drift.unknown().isEmpty()
                        ? ""
                        : "; not in the dictionary: " + drift.unknown().size())
                + (report.cut() == null ? "" : "; the report " + report.cut());
        if (!drift.changed().isEmpty()) {
            Set<String> names =
                    drift.changed().stream().map(Drift.Finding::parameter).collect(Collectors.toSet());
            String listed = found.stream()
                    .filter(open -> names.contains(open.finding().parameter()))
                    .limit(NAMED_IN_REASON)
                    .map(open ->
                            open.finding().parameter() + " (" + open.action().word() + ")")
                    .collect(Collectors.joining(", "));
            return new Conclusion("drift", "changed on the phone: " + listed + rest);
        }
        String wanted = device.standing().given().revision();
        return applied.revision().equals(wanted)
                ? new Conclusion("as given", report.parameters().size() + " parameters as given" + rest)
                : new Conclusion(
                        "not applied",
                        "the phone has applied " + applied.revision() + " and was given " + wanted + rest);
    }
}
