package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.device.DeviceModel.Tls;
import dev.provhub.device.DeviceModels;
import dev.provhub.device.FleetFigures;
import dev.provhub.device.KeyWays;
import dev.provhub.ops.CertificateHealth;
import dev.provhub.ops.DatabaseHealth;
import dev.provhub.ops.FirmwareHealth;
import dev.provhub.ops.FleetCertificateHealth;
import dev.provhub.ops.HealthStep;
import dev.provhub.ops.KeyWayHealth;
import dev.provhub.pki.CertificateEnds;
import dev.provhub.pki.ChainOrigins;
import dev.provhub.pki.ServerTrust;
import dev.provhub.pki.SwappableIdentity;
import dev.provhub.steps.TrustStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcFleetFigures;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the health checks, and what else an operator looks at that changes nothing. */
record HubHealth(
        HubConfig config,
        HubFiles files,
        HubFirmware firmware,
        PublicNames names,
        HubSecrets secrets,
        Database database,
        HealthStep step,
        Clock clock) {

    /** Every health check among the beans is asked, whatever its name: to add one is to put one here. */
    Map<String, Object> byName() {
        Duration warnBefore = config.certificates().warnBefore();
        FleetFigures figures = new JdbcFleetFigures(database);
        DeviceModels models = files.models();
        CertificateEnds ends = secrets.ends(config);
        Map<String, Object> beans = new HashMap<>();
        beans.put("health", step);
        beans.put("firmwareHealth", new FirmwareHealth(firmware));
        beans.put("databaseHealth", new DatabaseHealth(database::isReachable));
        beans.put("certificateEnds", ends);
        beans.put("certificateHealth", new CertificateHealth(ends, warnBefore, clock));
        beans.put("fleetCertificateHealth", new FleetCertificateHealth(figures, warnBefore, clock));
        beans.put("keyWayHealth", new KeyWayHealth(figures, keyWays(config), models, clock));
        beans.put("trust", new TrustStep(models, trust()));
        return beans;
    }

    private Supplier<List<ServerTrust.Shown>> trust() {
        ChainOrigins origins = new ChainOrigins(
                files.knownAuthorities(),
                secrets.certificates().authority(),
                config.folders().config().resolve("certs/ca"));
        HubSecrets.Hosts hosts = names.certificateNames();
        boolean legacy = config.listeners().httpsLegacyEnabled();
        return () -> List.of(
                shown(origins, "https", true, Tls.MODERN, hosts.https(), secrets.server()),
                shown(origins, "https-legacy", legacy, Tls.LEGACY, hosts.legacy(), secrets.legacyServer()));
    }

    private static ServerTrust.Shown shown(
            ChainOrigins origins, String name, boolean enabled, Tls tls, String host, SwappableIdentity identity) {
        var usual = identity.shown().usual();
        return new ServerTrust.Shown(name, enabled, tls, host, usual.certificate(), origins.of(usual.chain()));
    }

    /** Which ways to a first key the settings leave open. */
    static KeyWays keyWays(HubConfig config) {
        HubConfig.KeySettings keys = config.keys();
        return new KeyWays(
                config.listeners().httpsLegacyEnabled() ? Set.of(Tls.MODERN, Tls.LEGACY) : Set.of(Tls.MODERN),
                keys.stagingPlain() && !keys.stagingRanges().isEmpty(),
                family -> keys.compilers() != null
                        && Files.isExecutable(keys.compilers().resolve(family)));
    }
}
