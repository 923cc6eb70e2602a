package dev.provhub;

import dev.provhub.access.AccessTokens;
import dev.provhub.access.LocalToken;
import dev.provhub.config.FeedSettings;
import dev.provhub.config.HubConfig;
import dev.provhub.config.ListenerGuard;
import dev.provhub.device.Asked;
import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.DeviceSearch;
import dev.provhub.device.KeyGrants;
import dev.provhub.device.ParameterSets;
import dev.provhub.device.PlaceNames;
import dev.provhub.device.PublishedProfiles;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.fault.Faults;
import dev.provhub.firmware.DownloadCaps;
import dev.provhub.firmware.Downloads;
import dev.provhub.firmware.staging.QuietFiles;
import dev.provhub.firmware.staging.Staging;
import dev.provhub.listen.ApiFront;
import dev.provhub.listen.DeviceFront;
import dev.provhub.listen.DeviceHttpBinding;
import dev.provhub.listen.ListenerTls;
import dev.provhub.listen.TlsFailures;
import dev.provhub.ops.console.ConsoleStep;
import dev.provhub.ops.metrics.HandshakeMeters;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.FeedIntake;
import dev.provhub.order.GeneratedPasswords;
import dev.provhub.order.ModelNames;
import dev.provhub.order.OrderMapping;
import dev.provhub.order.SipCredentials;
import dev.provhub.order.api.CsvOrders;
import dev.provhub.order.api.FedOrders;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.ProfileHandover;
import dev.provhub.profile.TenantAddresses;
import dev.provhub.report.DeviceReports;
import dev.provhub.secrets.KeyRotation;
import dev.provhub.silence.Silences;
import dev.provhub.steps.AdminPasswordStep;
import dev.provhub.steps.AdministrationStep;
import dev.provhub.steps.Answers;
import dev.provhub.steps.ApiAnswers;
import dev.provhub.steps.Askers;
import dev.provhub.steps.AuditStep;
import dev.provhub.steps.BackupStep;
import dev.provhub.steps.BoundCertificates;
import dev.provhub.steps.BulkActions;
import dev.provhub.steps.CertificateLedgerStep;
import dev.provhub.steps.CertificatesStep;
import dev.provhub.steps.ClaimsStep;
import dev.provhub.steps.ContactsStep;
import dev.provhub.steps.CredentialsStep;
import dev.provhub.steps.CrmStep;
import dev.provhub.steps.DecideStep;
import dev.provhub.steps.DeviceActionsStep;
import dev.provhub.steps.DeviceCsvStep;
import dev.provhub.steps.DeviceListStep;
import dev.provhub.steps.DeviceLogStep;
import dev.provhub.steps.DeviceStates;
import dev.provhub.steps.DeviceStores;
import dev.provhub.steps.FaultsStep;
import dev.provhub.steps.FeedTroubles;
import dev.provhub.steps.FeedsStep;
import dev.provhub.steps.FirmwareStep;
import dev.provhub.steps.GrantedKeys;
import dev.provhub.steps.GrantsStep;
import dev.provhub.steps.HandshakeJournal;
import dev.provhub.steps.IdentifyStep;
import dev.provhub.steps.ImportsStep;
import dev.provhub.steps.KeysStep;
import dev.provhub.steps.LayersStep;
import dev.provhub.steps.LimitsStep;
import dev.provhub.steps.MasterKeyStep;
import dev.provhub.steps.OpenApiStep;
import dev.provhub.steps.PreviewStep;
import dev.provhub.steps.ProfileCompiler;
import dev.provhub.steps.ProfilesStep;
import dev.provhub.steps.ProvenDevices;
import dev.provhub.steps.PublishingStep;
import dev.provhub.steps.ReportPagesStep;
import dev.provhub.steps.ReportsStep;
import dev.provhub.steps.RotationStep;
import dev.provhub.steps.StagingStep;
import dev.provhub.steps.SyslogStep;
import dev.provhub.steps.TargetedKeys;
import dev.provhub.steps.TemplatesStep;
import dev.provhub.steps.TokensStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcCertificateLedger;
import dev.provhub.store.JdbcDeviceClaims;
import dev.provhub.store.JdbcDeviceJobs;
import dev.provhub.store.JdbcDeviceLabels;
import dev.provhub.store.JdbcFeedMarks;
import dev.provhub.store.JdbcImportedFiles;
import dev.provhub.store.JdbcKeyGrants;
import dev.provhub.tftp.component.TftpWriteFilter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes the beans that routes call, by the names that routes use. */
record HubSteps(
        HubConfig config,
        HubFiles files,
        HubFirmware firmware,
        TenantAddresses addresses,
        HubSecrets secrets,
        HubTrust trust,
        Database database,
        HubLayers layers,
        LayerTrial trial,
        HubTemplates templates,
        ProfileComposer composer,
        DeviceRepository devices,
        DeviceSearch search,
        ParameterSets sets,
        GivenProfiles given,
        DeviceReports reports,
        HubOrders ordering,
        Faults faults,
        HubFeeds feeds,
        SipCredentials credentials,
        GeneratedPasswords passwords,
        DeviceLog deviceLog,
        HandshakeMeters handshakes,
        Silences silences,
        AccessTokens tokens,
        LocalToken localToken,
        KeyRotation rotation,
        PublishedProfiles published,
        HubNotify notifying,
        DownloadCaps caps,
        Clock clock) {
    private static final Duration COMPILER_LIMIT = Duration.ofSeconds(10);

    Map<String, Object> byName() {
        Map<String, Object> beans = new HashMap<>();
        addListeners(beans);
        addDeviceSteps(beans);
        addOrderSteps(beans);
        addOperatorSteps(beans);
        beans.putAll(notifying.steps());
        return Map.copyOf(beans);
    }

    private void addListeners(Map<String, Object> beans) {
        ListenerGuard guard = config.listeners().guard();
        beans.put("httpFront", new DeviceFront(guard, none -> {}));
        Consumer<TlsFailures.Failure> failures = new HandshakeJournal(deviceLog, clock)::failed;
        beans.put("httpsFront", new DeviceFront(guard, failures.andThen(handshakes.of("https"))));
        beans.put("httpsLegacyFront", new DeviceFront(guard, failures.andThen(handshakes.of("https-legacy"))));
        TftpWriteFilter reportsOnly =
                (fileName, remote) -> files.requestRules().read(fileName).asked() instanceof Asked.Report;
        beans.put("tftpReports", reportsOnly);
        beans.put("deviceHttp", new DeviceHttpBinding());
        beans.put("apiFront", new ApiFront(tokens::find, guard));
        beans.put("modernTls", ListenerTls.modern(secrets.server(), secrets.clients()));
        beans.put("apiTls", ListenerTls.modern(secrets.api(), secrets.clients()));
        beans.put("legacyTls", ListenerTls.legacy(secrets.legacyServer(), secrets.clients()));
    }

    private void addDeviceSteps(Map<String, Object> beans) {
        AuditLog audit = new JdbcAuditLog(database, clock);
        KeyGrants grants = new JdbcKeyGrants(database);
        ProvenDevices proven = new ProvenDevices(
                devices,
                new JdbcDeviceClaims(database),
                files.models(),
                new BoundCertificates(new JdbcCertificateLedger(database), files.models(), clock),
                secrets.random()::newSeed);
        GrantedKeys granted = new GrantedKeys(
                grants,
                devices,
                new GrantedKeys.Staging(
                        config.keys().stagingRanges(), config.keys().stagingPlain()),
                clock);
        beans.put("identify", new IdentifyStep(files.requestRules(), trust.judge(), devices, granted));
        TargetedKeys targeted =
                new TargetedKeys(compiler(), grants, devices, files.models(), files.dictionary(), clock);
        beans.put("targeting", targeted);
        beans.put(
                "limits",
                new LimitsStep(
                        config.listeners().guard().keysPerMinute(),
                        config.listeners().guard().profilesPerMinute()));
        ProfileHandover handover = new ProfileHandover(composer, devices, sets, given, database.unitOfWork(), clock);
        beans.put(
                "decide",
                new DecideStep(
                        files.models(),
                        proven,
                        trust.revoked(),
                        targeted,
                        addresses,
                        HubHealth.keyWays(config),
                        config.profiles().wipeFor(),
                        clock));
        beans.put(
                "keys",
                new KeysStep(devices, files.models(), grants, handover::confirmed, secrets.random()::newDeviceKey));
        beans.put("profiles", new ProfilesStep(composer, handover));
        beans.put("templates", new TemplatesStep(templates, composer, addresses));
        beans.put("previews", new PreviewStep(devices, files.models(), handover, given, files.dictionary(), audit));
        beans.put("adminPassword", new AdminPasswordStep(devices, files.models(), handover, given, audit));
        beans.put(
                "firmware",
                new FirmwareStep(
                        firmware,
                        firmware::checksum,
                        new Downloads(
                                config.firmware().maxDownloads(),
                                config.firmware().perAddress(),
                                caps)));
        beans.put(
                "firmwareStaging",
                new StagingStep(
                        new Staging(
                                config.folders().firmware(),
                                firmware,
                                firmware::records,
                                firmware.families(),
                                config.firmware().mostBytes(),
                                clock),
                        firmware,
                        version -> layers.edits().get().whoSets("firmwareVersion", version),
                        firmware::reload,
                        audit,
                        new QuietFiles(config.firmware().quiet(), clock)));
        beans.put(
                "certificates",
                new CertificatesStep(
                        secrets.certificates().authorityPem().getBytes(StandardCharsets.US_ASCII),
                        config.folders().config().resolve("certs/ca")));
        beans.put("contacts", new ContactsStep(deviceLog, new Askers(files.models()), clock));
        beans.put(
                "reports",
                new ReportsStep(
                        reports,
                        devices,
                        given,
                        files.dictionary(),
                        composer,
                        files.drift(),
                        database.unitOfWork(),
                        audit,
                        clock));
        beans.put("syslog", new SyslogStep(deviceLog, clock));
        beans.put("feedTroubles", new FeedTroubles(clock));
        beans.put("answers", new Answers(clock));
        beans.put(
                "publishing",
                new PublishingStep(
                        published,
                        devices,
                        files.models(),
                        composer,
                        layers.edits(),
                        config.publishing(),
                        config.profiles().wipeFor(),
                        clock));
    }

    private ProfileCompiler compiler() {
        return new ProfileCompiler(
                config.keys().compilers(), config.folders().data().resolve("targeting"), COMPILER_LIMIT);
    }

    private void addOrderSteps(Map<String, Object> beans) {
        ModelNames names = ModelNames.of(files.models());
        DeviceClaims claims = new JdbcDeviceClaims(database);
        beans.putAll(ordering.steps(names, devices, secrets.random()::newSeed));
        Supplier<OrderMapping> mapping = ordering.mapping();
        BulkIntake bulk = new BulkIntake(
                mapping,
                names,
                claims,
                database.unitOfWork(),
                devices,
                ordering.orders(),
                () -> UUID.randomUUID().toString(),
                secrets.random()::newSeed,
                config.orders().complete(),
                clock);
        if (config.publishing().completesOrders()) {
            bulk = bulk.whereFilesArePublished();
        }
        AuditLog audit = new JdbcAuditLog(database, clock);
        FeedSettings.Credentials platform = config.feeds().credentials();
        CredentialsStep telling = new CredentialsStep(
                credentials,
                passwords,
                devices,
                ordering.orders(),
                new CredentialsStep.Target(
                        platform.isOn(), platform.form().equals("ha1"), platform.url(), platform.password()),
                clock);
        beans.put("credentials", telling);
        // What feeds bring is told at once too, in the transaction that carries it out
        Consumer<List<BulkIntake.Outcome>> notified =
                config.notifying().on().contains("orders") ? notifying::tellOrdered : outcomes -> {};
        Consumer<List<BulkIntake.Outcome>> alongside = notified.andThen(telling::await);
        beans.put(
                "imports",
                new ImportsStep(
                        new CsvOrders(mapping, bulk),
                        new JdbcImportedFiles(database),
                        audit,
                        alongside,
                        faults,
                        config.folders().importDir(),
                        clock));
        beans.put(
                "feeds",
                new FeedsStep(new FedOrders(mapping), new FeedIntake(bulk, ordering.intake(names)), audit, alongside));
        FeedSettings.Crm crm = config.feeds().crm();
        beans.put(
                "crm",
                new CrmStep(
                        new JdbcFeedMarks(database),
                        crm == null ? "" : crm.watermark(),
                        crm == null ? "" : crm.start()));
        beans.putAll(feeds.byName());
        beans.put("hubDatabase", database.dataSource());
    }

    private void addOperatorSteps(Map<String, Object> beans) {
        AuditLog audit = new JdbcAuditLog(database, clock);
        PlaceNames places = HubPlaces.of(layers.edits(), addresses::isNamed);
        DeviceStores stores =
                new DeviceStores(devices, search, new JdbcDeviceLabels(database), audit, database.unitOfWork());
        beans.put(
                "administration",
                new AdministrationStep(stores, files.models(), composer, places, secrets.random()::newSeed, clock));
        FilterParser filters = new FilterParser(files.models(), clock);
        beans.put("deviceList", new DeviceListStep(search, filters, files.models(), composer::isSecretSetting));
        beans.put(
                "deviceCsv",
                new DeviceCsvStep(stores, filters, files.models(), composer, places, secrets.random()::newSeed));
        BulkActions actions = new BulkActions(
                stores,
                secrets.random()::newDeviceKey,
                trust.revocations(),
                trust::reloadRevocations,
                notifying.resyncs(),
                clock);
        beans.put(
                "deviceActions",
                new DeviceActionsStep(
                        stores,
                        filters,
                        actions,
                        new JdbcDeviceJobs(database),
                        composer::isSecretSetting,
                        config.folders().data().resolve("exports"),
                        secrets.random()::newTokenId,
                        clock));
        beans.put("rotation", new RotationStep(devices, audit, database.unitOfWork(), secrets.random()::newDeviceKey));
        beans.put(
                "grants",
                new GrantsStep(
                        new JdbcKeyGrants(database),
                        devices,
                        audit,
                        database.unitOfWork(),
                        () -> secrets.random().newDeviceKey().directory(),
                        device -> files.models()
                                .find(device.model())
                                .flatMap(DeviceModel::provisionable)
                                .filter(known -> known.tls() == DeviceModel.Tls.LEGACY)
                                .map(legacy ->
                                        addresses.of(device.place().tenant()).httpsLegacy())
                                .orElseGet(() ->
                                        addresses.of(device.place().tenant()).https()),
                        clock));
        beans.put(
                "certificateLedger",
                new CertificateLedgerStep(
                        new JdbcCertificateLedger(database),
                        trust.revocations(),
                        trust::reloadRevocations,
                        audit,
                        database.unitOfWork(),
                        clock));
        beans.put(
                "layers",
                new LayersStep(
                        layers.edits(),
                        layers::read,
                        (mac, other) -> trial.differences(mac, layers.edits().get(), other),
                        database.unitOfWork(),
                        audit));
        beans.put(
                "deviceLog",
                new DeviceLogStep(
                        deviceLog,
                        devices,
                        new DeviceStates(silences, trust.revoked(), clock),
                        files.causes(),
                        new DeviceLogStep.Retention(
                                config.deviceLog().age(), config.deviceLog().most()),
                        clock));
        beans.put("reportPages", new ReportPagesStep(reports, devices, database.unitOfWork(), audit));
        beans.put(
                "faults",
                new FaultsStep(
                        faults, name -> files.orderMapping().isSecret(name), database.unitOfWork(), audit, clock));
        beans.put("audit", new AuditStep(audit));
        HubBackup backup = new HubBackup(config.folders(), database, secrets.box(), clock);
        beans.put("backup", new BackupStep(backup::write, config.folders().data(), audit));
        beans.put("masterKey", new MasterKeyStep(rotation));
        beans.put("tokens", new TokensStep(tokens, localToken, clock));
        beans.put(
                "claims", new ClaimsStep(new JdbcDeviceClaims(database), places, database.unitOfWork(), audit, clock));
        beans.put("apiAnswers", new ApiAnswers());
        beans.put("openApi", new OpenApiStep());
        beans.put("console", new ConsoleStep());
    }
}
