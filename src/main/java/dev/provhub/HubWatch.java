package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.config.WatchSettings;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.ops.Finding;
import dev.provhub.ops.HealthStep;
import dev.provhub.ops.SilenceHealth;
import dev.provhub.ops.alarm.AlarmHealth;
import dev.provhub.ops.alarm.Alarms;
import dev.provhub.ops.alarm.AlarmsStep;
import dev.provhub.ops.alarm.CloudEvents;
import dev.provhub.ops.alarm.EventReceiver;
import dev.provhub.ops.alarm.HttpDeadline;
import dev.provhub.ops.alarm.Trouble;
import dev.provhub.ops.logging.LogLevels;
import dev.provhub.ops.metrics.FleetGauges;
import dev.provhub.ops.metrics.HandshakeMeters;
import dev.provhub.ops.metrics.HubMetrics;
import dev.provhub.ops.metrics.MeteredDeviceLog;
import dev.provhub.ops.metrics.MetricsStep;
import dev.provhub.ops.metrics.OutboxGauges;
import dev.provhub.ops.metrics.RequestMeters;
import dev.provhub.ops.metrics.RolloutGauges;
import dev.provhub.ops.metrics.TransferMeters;
import dev.provhub.profile.Layers;
import dev.provhub.profile.ResyncPeriod;
import dev.provhub.silence.SilenceWatch;
import dev.provhub.silence.Silences;
import dev.provhub.steps.LogLevelsStep;
import dev.provhub.steps.SilenceStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcDeviceLog;
import dev.provhub.store.JdbcDeviceRepository;
import dev.provhub.store.JdbcFleetCensus;
import dev.provhub.store.JdbcOutboxFigures;
import dev.provhub.store.JdbcSilences;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** What watches the fleet and the hub: metrics, alarms, silence, and how much is logged. */
final class HubWatch implements AutoCloseable {
    private static final Duration MOST_FOR_AN_EVENT = Duration.ofSeconds(10);

    private final HubMetrics metrics = new HubMetrics();
    private final HubConfig config;
    private final HubSecrets secrets;
    private final Database database;
    private final DeviceLog deviceLog;
    private final HandshakeMeters handshakes;
    private final Silences silences;
    private final LogLevels levels;
    private final HttpDeadline deadline = new HttpDeadline(MOST_FOR_AN_EVENT);
    private final Clock clock;

    HubWatch(HubConfig config, HubSecrets secrets, Database database, JdbcDeviceLog written, Clock clock) {
        this.config = config;
        this.secrets = secrets;
        this.database = database;
        this.clock = clock;
        this.deviceLog = new MeteredDeviceLog(written, metrics.registry(), metrics.troubles());
        this.handshakes = new HandshakeMeters(metrics.registry(), metrics.troubles());
        this.silences = new JdbcSilences(database);
        this.levels = new LogLevels(clock);
        metrics.gauge("hub.device.log.waiting", "Events that wait to be written into the device log", written::waiting);
        metrics.counter("hub.device.log.dropped", "Events that the device log has lost", written::dropped);
    }

    /** Counts the edits of route files. */
    void watch(HubRoutes routes) {
        metrics.gauge("hub.routes.running", "Routes that run, stopped ones too", routes::size);
        metrics.gauge("hub.routes.refused", "Problems in route files as they are now", () -> routes.refused()
                .size());
        edits("applied", () -> routes.reloads().applied());
        edits("refused", () -> routes.reloads().refused());
        edits("failed", () -> routes.reloads().failed());
        edits("withdrawn", () -> routes.reloads().withdrawn());
    }

    private void edits(String outcome, java.util.function.DoubleSupplier count) {
        metrics.counter("hub.routes.edits", "Edits of route files", Tags.of("outcome", outcome), count);
    }

    /** What is there to be watched. */
    record Watched(
            HubLayers layers,
            HubNotify notifying,
            HubRollouts rolling,
            HealthStep health,
            JdbcDeviceRepository devices,
            DeviceModels models) {}

    /** The log into which everybody writes. */
    DeviceLog deviceLog() {
        return deviceLog;
    }

    HandshakeMeters handshakes() {
        return handshakes;
    }

    Silences silences() {
        return silences;
    }

    /**
     * By the names that routes use.
     *
     * @param source base URL of the administration interface
     */
    Map<String, Object> byName(Watched watched, String source) {
        gauges(watched);
        new FleetGauges(new JdbcFleetCensus(database), metrics.registry(), clock);
        new OutboxGauges(new JdbcOutboxFigures(database), metrics.registry(), clock);
        Map<String, Object> beans = new HashMap<>();
        beans.put("metricsRegistry", metrics.registry());
        beans.put("requestMeters", new RequestMeters(metrics.registry(), metrics.troubles()));
        beans.put("transferMeters", new TransferMeters(metrics.registry()));
        beans.put("metrics", new MetricsStep(metrics, List.of(metrics.certificates(secrets.ends(config), clock))));
        addAlarms(beans, watched, new CloudEvents(source, clock));
        beans.put("logLevels", new LogLevelsStep(levels, database.unitOfWork(), new JdbcAuditLog(database, clock)));
        return beans;
    }

    private void addAlarms(Map<String, Object> beans, Watched watched, CloudEvents events) {
        WatchSettings settings = config.watching();
        Alarms alarms = new Alarms(metrics.troubles(), settings.alarmFactor(), settings.alarmMinimum(), clock);
        for (Trouble trouble : Trouble.values()) {
            metrics.gauge(
                    "hub.alarm",
                    "1 while something goes wrong much more often than usual",
                    Tags.of("name", trouble.word()),
                    () -> alarms.isRaised(trouble) ? 1 : 0);
        }
        beans.put("alarms", new AlarmsStep(alarms, events));
        beans.put("alarmHealth", new AlarmHealth(alarms));
        EventReceiver receiver = new EventReceiver(clock);
        beans.put("eventReceiver", receiver);
        beans.put("eventFailure", (Processor) receiver::failed);
        beans.put("eventDeadline", deadline);
        SilenceWatch watch = new SilenceWatch(
                silences,
                watched.devices(),
                new LayerPeriods(watched.layers().edits(), watched.devices(), watched.models()),
                settings.silencePeriods(),
                clock);
        beans.put("silence", new SilenceStep(watch, silences, new SilenceStep.Words(events::silent, events::returned)));
        beans.put("silenceHealth", new SilenceHealth(silences, watch::watched, settings.silencePercent(), clock));
    }

    /** How events are written. */
    CloudEvents events(String source) {
        return new CloudEvents(source, clock);
    }

    private void gauges(Watched watched) {
        new RolloutGauges(watched.rolling().desk(), metrics.registry(), clock);
        connections("active", () -> database.pool().active());
        connections("idle", () -> database.pool().idle());
        metrics.gauge(
                "hub.database.connections.max", "Connections to the database that there may be", () -> database.pool()
                        .most());
        metrics.gauge(
                "hub.database.waiting", "Threads that wait for a connection to the database", () -> database.pool()
                        .waiting());
        metrics.gauge(
                "hub.notify.in.flight", "NOTIFYs that wait for the phone's answer", watched.notifying()::inFlight);
        metrics.gauge(
                "hub.layers.held",
                "1 while a layer edit waits to be released",
                () -> watched.layers().edits().state().held() == null ? 0 : 1);
        for (Finding.State state : Finding.State.values()) {
            metrics.gauge(
                    "hub.health",
                    "1 for how the hub is, found out once a minute",
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    () -> watched.health().worst() == null
                            ? Double.NaN
                            : watched.health().worst() == state ? 1 : 0);
        }
    }

    private void connections(String state, java.util.function.DoubleSupplier value) {
        metrics.gauge("hub.database.connections", "Connections to the database", Tags.of("state", state), value);
    }

    /** How long devices wait, by the layers in force and by their own settings. */
    private record LayerPeriods(Supplier<Layers> layers, JdbcDeviceRepository devices, DeviceModels models)
            implements SilenceWatch.Periods {
        /** Phones of other vendors keep to periods that are not known here. */
        @Override
        public Optional<Duration> usual(String model, Device.Place place) {
            return models.named(model)
                    .filter(known -> known.templates() == null)
                    .filter(known -> known.provisionable().isPresent())
                    .flatMap(known -> layers.get().resyncPeriod(known, place));
        }

        @Override
        public Optional<Duration> own(MacAddress mac) {
            return devices.findByMac(mac)
                    .flatMap(device -> ResyncPeriod.of(device.settings(), usual(device.model(), device.place())));
        }
    }

    @Override
    public void close() {
        deadline.close();
        levels.close();
        metrics.close();
    }
}
