package dev.provhub;

import dev.provhub.access.AccessTokens;
import dev.provhub.access.LocalToken;
import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.DatabaseSettings;
import dev.provhub.config.HubFolders;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.StoreException;
import dev.provhub.ops.HealthStep;
import dev.provhub.order.GeneratedPasswords;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.SipCredentials;
import dev.provhub.pki.DeviceAuthority;
import dev.provhub.pki.PkiException;
import dev.provhub.profile.LayersInForce;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.PublicAddresses;
import dev.provhub.routing.NeededRoute;
import dev.provhub.secrets.DerivedSecrets;
import dev.provhub.secrets.SecretException;
import dev.provhub.steps.DeviceActionsStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcDeviceLog;
import dev.provhub.store.JdbcDeviceReports;
import dev.provhub.store.JdbcDeviceRepository;
import dev.provhub.store.JdbcDeviceSearch;
import dev.provhub.store.JdbcFaults;
import dev.provhub.store.JdbcGivenProfiles;
import dev.provhub.store.JdbcLayerArchive;
import dev.provhub.store.JdbcParameterSets;
import dev.provhub.store.JdbcPublishedProfiles;
import dev.provhub.store.JdbcRevocations;
import dev.provhub.store.JdbcRollouts;
import dev.provhub.store.JdbcSipCredentials;
import dev.provhub.store.JdbcTokenRepository;
import dev.provhub.store.Resealing;
import dev.provhub.store.SecretColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that the routes stand on: opened files, open database, steps by name. */
final class HubParts implements AutoCloseable {
    private final HubConfig config;
    private final PublicNames names;
    private final HubSecrets secrets;
    private final Database database;
    private final JdbcDeviceLog deviceLog;
    private final HubWatch watching;
    private final HubKeyRotation rotation;
    private final HubNotify notifying;
    private final HubFirmware firmware;
    private final HubFeeds feeds;
    private final HubOrders ordering;
    private final boolean generates;
    private final FileWatch watch = new FileWatch();
    private final HubRoutes routes;
    private final ClassLoader ext;
    private final Map<String, Object> steps;
    private final List<String> remarks;

    private HubParts(
            HubConfig config, HubFiles files, PublicNames names, HubSecrets secrets, Database database, Clock clock) {
        this.config = config;
        this.names = names;
        this.secrets = secrets;
        this.database = database;
        this.deviceLog = new JdbcDeviceLog(database).start();
        this.watching = new HubWatch(config, secrets, database, deviceLog, clock);
        SecretColumn sealed = new SecretColumn() {
            @Override
            public String seal(String plain, String identity) {
                return secrets.box().seal(plain, identity);
            }

            @Override
            public String open(String text, String identity) {
                return secrets.box().open(text, identity);
            }
        };
        this.firmware = new HubFirmware(config.folders().firmware(), files.models(), files.firmware());
        JdbcDeviceRepository devices = new JdbcDeviceRepository(database, sealed).complete();
        Function<LayersInForce, ProfileComposer> composers = inForce -> new ProfileComposer(
                files.dictionary(),
                inForce,
                files.layers().hub().reserved(files.models()),
                firmware,
                names.tenants(),
                DerivedSecrets::derive);
        JdbcRollouts rollouts = new JdbcRollouts(database, sealed, clock);
        LayerTrial trial = new LayerTrial(devices, files.models(), composers);
        JdbcLayerArchive archive = new JdbcLayerArchive(database, sealed);
        HubLayers layers = HubLayers.open(
                files,
                firmware,
                config.folders().config(),
                devices,
                archive,
                trial,
                config.profiles().maxImmediate(),
                rollouts,
                clock);
        HubTemplates templates = new HubTemplates(config.folders().config(), files.models());
        this.ext = HubExt.classes(config.folders().ext());
        this.routes = new HubRoutes(config, clock);
        watching.watch(routes);
        watch.add(firmware::stamp, firmware::reload);
        watch.add(layers::stamp, layers::reload);
        watch.add(templates::stamp, templates::reload);
        HubTrust trust = new HubTrust(
                config.folders().config().resolve("certs"),
                files.judging(),
                new DeviceAuthority(secrets.certificates().authority(), Set.of()),
                new JdbcRevocations(database),
                clock);
        watch.add(
                () -> secrets.serverStamp(config, clock),
                () -> secrets.reloadServers(config, names.certificateNames()));
        watch.add(trust::stamp, trust::reload);
        watch.add(routes::stamp, routes::reload);
        watch.add(trust::revocationStamp, trust::reloadRevocations);
        AccessTokens tokens = new AccessTokens(
                new JdbcTokenRepository(database),
                database.unitOfWork(),
                new JdbcAuditLog(database, clock),
                secrets.random()::newToken,
                secrets.random()::newTokenId,
                clock);
        LocalToken localToken =
                new LocalToken(config.folders().data().resolve("admin.token"), tokens, secrets.random()::newToken);
        localToken.ensure();
        this.rotation = new HubKeyRotation(
                secrets.box(),
                secrets.masterKeys(),
                new Resealing(database, sealed),
                new JdbcAuditLog(database, clock));
        ProfileComposer composer = composers.apply(layers.edits());
        SipCredentials credentials = new JdbcSipCredentials(database, sealed);
        GeneratedPasswords passwords = passwords(credentials);
        HubPlaces places = HubPlaces.of(layers.edits(), names.tenants()::isNamed);
        this.ordering = new HubOrders(
                config,
                new HubMapping(files::orderMapping, passwords, places),
                database,
                sealed,
                names.addresses().api(),
                clock);
        this.notifying = new HubNotify(
                config, database, devices, files.models(), ordering.orders(), watching.deviceLog(), clock);
        JdbcDeviceSearch search =
                new JdbcDeviceSearch(database, sealed, (model, place, ofDevice, running, rolled) -> files.models()
                        .named(model)
                        .flatMap(known -> composer.digest(known, place, ofDevice, running, rolled)));
        HubRollouts rolling = new HubRollouts(
                new HubRollouts.Stores(database, rollouts, search, devices, archive),
                layers,
                files.models(),
                firmware,
                composer,
                config.rollouts(),
                clock);
        this.feeds = new HubFeeds(config.feeds(), clock);
        this.generates = files.orderMapping().generatesPasswords();
        HealthStep health = new HealthStep(clock);
        Map<String, Object> beans =
                new HashMap<>(new HubHealth(config, files, firmware, names, secrets, database, health, clock).byName());
        beans.putAll(new HubSteps(
                        config,
                        files,
                        firmware,
                        names.tenants(),
                        secrets,
                        trust,
                        database,
                        layers,
                        trial,
                        templates,
                        composer,
                        devices,
                        search,
                        new JdbcParameterSets(database),
                        new JdbcGivenProfiles(
                                database, sealed, config.profiles().history()),
                        new JdbcDeviceReports(database, sealed),
                        ordering,
                        new JdbcFaults(database, sealed, secrets.random()::newSeed),
                        feeds,
                        credentials,
                        passwords,
                        watching.deviceLog(),
                        watching.handshakes(),
                        watching.silences(),
                        tokens,
                        localToken,
                        rotation,
                        new JdbcPublishedProfiles(database, sealed),
                        notifying,
                        rolling.caps(),
                        clock)
                .byName());
        beans.putAll(watching.byName(
                new HubWatch.Watched(layers, notifying, rolling, health, devices, files.models()),
                names.addresses().api()));
        beans.putAll(routes.steps(database.unitOfWork(), new JdbcAuditLog(database, clock)));
        beans.putAll(rolling.steps(watching.events(names.addresses().api())));
        this.steps = Map.copyOf(beans);
        this.remarks = remarks(config, files, names);
    }

    /**
     * Opens everything.
     *
     * @throws IllegalConfigurationException when a file, a secret or the database is not as it must be
     */
    static HubParts assemble(HubConfig config, Clock clock) {
        Database database = null;
        try {
            HubFiles files = HubFiles.read(config.folders());
            if (files.orderMapping().generatesPasswords()
                    && !config.feeds().credentials().isOn()) {
                throw new IllegalConfigurationException(
                        config.folders().config().resolve("order-mapping.yaml")
                                + ": sipPassword is generated, but nobody would tell the SIP platform (hub.credentials = none)");
            }
            PublicNames names = PublicNames.of(config);
            OrderMapping mapping = files.orderMapping()
                    .withPlaces(new HubPlaces(() -> List.of(files.layers()), names.tenants()::isNamed));
            mapping.misplaced().ifPresent(wrong -> {
                throw new IllegalConfigurationException(
                        config.folders().config().resolve("order-mapping.yaml") + ": " + wrong);
            });
            makeDataFolder(config.folders().data());
            Files.createDirectories(config.folders().importDir());
            Files.createDirectories(config.firmware().incoming());
            HubSecrets secrets = HubSecrets.open(config, names.certificateNames(), clock, new SecureRandom());
            DatabaseSettings settings = config.database();
            database = Database.open(settings.url(), settings.user(), settings.password());
            return new HubParts(config, files, names, secrets, database, clock);
        } catch (SecretException | PkiException | StoreException e) {
            throw closing(database, new IllegalConfigurationException(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw closing(
                    database,
                    new IllegalConfigurationException(
                            "hub.data = " + config.folders().data() + " cannot be used: " + e.getMessage()));
        }
    }

    /** Names and numbers of customers are in it: nobody but the hub's own user looks in. */
    static void makeDataFolder(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            Files.createDirectories(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static IllegalConfigurationException closing(
            @Nullable Database database, IllegalConfigurationException refusal) {
        if (database != null) {
            database.close();
        }
        return refusal;
    }

    /** The same settings on a database in memory and a folder that may be thrown away. */
    static HubConfig forCheck(HubConfig config, Path scratch) {
        HubFolders folders = config.folders();
        return new HubConfig(
                new HubFolders(
                        folders.config(),
                        folders.routes(),
                        folders.siteRoutes(),
                        folders.ext(),
                        folders.firmware(),
                        scratch,
                        scratch.resolve("import")),
                config.listeners(),
                new DatabaseSettings("jdbc:h2:mem:" + scratch.getFileName(), "hub", ""),
                config.publicUrls(),
                config.profiles(),
                config.rollouts(),
                config.keys(),
                new HubConfig.ProtectionSettings("", "", config.protection().apiTls()),
                config.certificates(),
                config.publishing(),
                config.notifying(),
                config.firmware().withIncoming(scratch.resolve("firmware")),
                config.deviceLog(),
                config.watching(),
                config.feeds(),
                config.orders(),
                config.shutdownTimeout());
    }

    private static List<String> remarks(HubConfig config, HubFiles files, PublicNames names) {
        List<String> remarks = new ArrayList<>(names.remarks());
        if (!config.listeners().httpsLegacyEnabled()) {
            String families = HubHealth.keyWays(config).closedTo(files.models()).stream()
                    .map(DeviceModel::family)
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!families.isEmpty()) {
                remarks.add("hub.https-legacy.enabled = false: no way to a key for " + families);
            }
        }
        return List.copyOf(remarks);
    }

    /** Where classes of the site's own jars are found; the hub's own come first. */
    ClassLoader extClasses() {
        return ext;
    }

    /** Begins what goes on beside the routes. */
    void start() {
        watch.start();
        Thread verification = new Thread(firmware::verify, "firmware-checksums");
        verification.setDaemon(true);
        verification.start();
        rotation.resume();
    }

    /** What a set of routes must have for this configuration. */
    List<NeededRoute> neededRoutes() {
        return generates
                ? List.of(new NeededRoute(
                        "publish-credential",
                        config.folders().config().resolve("order-mapping.yaml"),
                        "sipPassword is generated"))
                : List.of();
    }

    HubRoutes routes() {
        return routes;
    }

    HubConfig config() {
        return config;
    }

    HubFeeds feeds() {
        return feeds;
    }

    HubFirmware firmware() {
        return firmware;
    }

    PublicAddresses publicAddresses() {
        return names.addresses();
    }

    /** Steps, data formats and listener parts, by the names that routes use. */
    Map<String, Object> steps() {
        return steps;
    }

    /** What was made just now and what an operator should know. */
    List<String> notices() {
        List<String> notices = new ArrayList<>(secrets.made());
        notices.addAll(remarks);
        return notices;
    }

    /** What an operator should know, whether the hub runs or not. */
    List<String> remarks() {
        return remarks;
    }

    /** Ends what sends by itself, so that a receiver that does not answer holds up no end. */
    void quiesce() {
        ordering.close();
    }

    private GeneratedPasswords passwords(SipCredentials credentials) {
        if (!config.feeds().credentials().isOn()) {
            return GeneratedPasswords.SHOWN;
        }
        String seed = credentials.seed(secrets.random()::newSeed);
        return (mac, line, user, domain) ->
                DerivedSecrets.derive(seed, "sip/" + mac.hex() + "/" + line + "/" + user + "/" + domain);
    }

    @Override
    public void close() {
        watch.close();
        rotation.close();
        if (steps.get("deviceActions") instanceof DeviceActionsStep jobs) {
            jobs.close();
        }
        notifying.close();
        feeds.close();
        ordering.close();
        deviceLog.close();
        watching.close();
        database.close();
    }
}
