package dev.provhub;

import dev.provhub.config.HubConfig;
import dev.provhub.device.AuditLog;
import dev.provhub.device.ContactLog;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceRepository;
import dev.provhub.device.ParameterSets;
import dev.provhub.device.PublishedProfiles;
import dev.provhub.listen.ApiFront;
import dev.provhub.listen.DeviceFront;
import dev.provhub.listen.DeviceHttpBinding;
import dev.provhub.listen.ListenerTls;
import dev.provhub.ops.DatabaseHealth;
import dev.provhub.ops.HealthStep;
import dev.provhub.order.BulkIntake;
import dev.provhub.order.Fulfilment;
import dev.provhub.order.ModelNames;
import dev.provhub.order.OrderIntake;
import dev.provhub.order.OrderRepository;
import dev.provhub.order.api.CsvOrders;
import dev.provhub.order.api.ServiceOrderApi;
import dev.provhub.pki.CertificateJudge;
import dev.provhub.profile.GivenProfiles;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.ProfileHandover;
import dev.provhub.profile.TenantAddresses;
import dev.provhub.steps.AdministrationStep;
import dev.provhub.steps.Answers;
import dev.provhub.steps.ApiAnswers;
import dev.provhub.steps.CertificatesStep;
import dev.provhub.steps.ClaimsStep;
import dev.provhub.steps.ContactsStep;
import dev.provhub.steps.DecideStep;
import dev.provhub.steps.FirmwareStep;
import dev.provhub.steps.IdentifyStep;
import dev.provhub.steps.ImportsStep;
import dev.provhub.steps.KeysStep;
import dev.provhub.steps.LayersStep;
import dev.provhub.steps.OrdersStep;
import dev.provhub.steps.PreviewStep;
import dev.provhub.steps.ProfilesStep;
import dev.provhub.steps.ProvenDevices;
import dev.provhub.steps.PublishingStep;
import dev.provhub.steps.RotationStep;
import dev.provhub.steps.TemplatesStep;
import dev.provhub.store.Database;
import dev.provhub.store.JdbcAuditLog;
import dev.provhub.store.JdbcDeviceClaims;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes the beans that routes call, by the names that routes use. */
record HubSteps(
        HubConfig config,
        HubFiles files,
        TenantAddresses addresses,
        HubSecrets secrets,
        Database database,
        HubLayers layers,
        LayerTrial trial,
        HubTemplates templates,
        ProfileComposer composer,
        DeviceRepository devices,
        ParameterSets sets,
        GivenProfiles given,
        OrderRepository orders,
        ContactLog contacts,
        PublishedProfiles published,
        Clock clock) {

    Map<String, Object> byName() {
        Map<String, Object> beans = new HashMap<>();
        addListeners(beans);
        addDeviceSteps(beans);
        addOrderSteps(beans);
        addOperatorSteps(beans);
        return Map.copyOf(beans);
    }

    private void addListeners(Map<String, Object> beans) {
        beans.put("httpFront", new DeviceFront());
        beans.put("httpsFront", new DeviceFront());
        beans.put("httpsLegacyFront", new DeviceFront());
        beans.put("deviceHttp", new DeviceHttpBinding());
        beans.put("apiFront", new ApiFront(secrets.adminToken()::matches));
        beans.put("modernTls", ListenerTls.modern(secrets.server(), secrets.clients()));
        beans.put("legacyTls", ListenerTls.legacy(secrets.legacyServer(), secrets.clients()));
    }

    private void addDeviceSteps(Map<String, Object> beans) {
        AuditLog audit = new JdbcAuditLog(database, clock);
        ProvenDevices proven =
                new ProvenDevices(devices, new JdbcDeviceClaims(database), files.models(), secrets.random()::newSeed);
        beans.put("identify", new IdentifyStep(files.requestRules(), judge(), devices));
        ProfileHandover handover = new ProfileHandover(composer, devices, sets, given, database.unitOfWork(), clock);
        beans.put(
                "decide",
                new DecideStep(
                        files.models(), proven, addresses, config.profiles().wipeFor(), clock));
        beans.put("keys", new KeysStep(devices, handover::confirmed, secrets.random()::newDeviceKey));
        beans.put("profiles", new ProfilesStep(composer, handover));
        beans.put("templates", new TemplatesStep(templates, composer, addresses));
        beans.put("previews", new PreviewStep(devices, files.models(), handover, given, files.dictionary(), audit));
        beans.put("firmware", new FirmwareStep(files.firmware()));
        beans.put(
                "certificates",
                new CertificatesStep(
                        Map.of("hub", secrets.certificates().authorityPem().getBytes(StandardCharsets.US_ASCII))));
        beans.put("contacts", new ContactsStep(contacts, clock));
        beans.put("answers", new Answers());
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

    private CertificateJudge judge() {
        Path trusted = config.folders().config().resolve("certs/device-ca");
        List<X509Certificate> authorities = new ArrayList<>(CertificateJudge.authoritiesIn(trusted));
        authorities.add(secrets.certificates().authority());
        return new CertificateJudge(authorities, files.genericCertificateNames(), clock);
    }

    private void addOrderSteps(Map<String, Object> beans) {
        ModelNames names = new KnownModels(files.models());
        OrderIntake intake = new OrderIntake(
                files::orderMapping,
                names,
                database.unitOfWork(),
                orders,
                () -> UUID.randomUUID().toString(),
                clock);
        Fulfilment fulfilment =
                new Fulfilment(names, database.unitOfWork(), devices, orders, secrets.random()::newSeed, clock);
        BulkIntake bulk = new BulkIntake(
                files::orderMapping,
                names,
                database.unitOfWork(),
                devices,
                orders,
                () -> UUID.randomUUID().toString(),
                secrets.random()::newSeed,
                clock);
        URI api = URI.create(addresses.of(null).api());
        beans.put(
                "orders",
                new OrdersStep(
                        accepted -> new ServiceOrderApi(intake, orders, files::orderMapping, api, accepted),
                        fulfilment));
        beans.put("imports", new ImportsStep(new CsvOrders(files::orderMapping, bulk)));
        beans.put("hubDatabase", database.dataSource());
    }

    private void addOperatorSteps(Map<String, Object> beans) {
        AuditLog audit = new JdbcAuditLog(database, clock);
        beans.put("health", new HealthStep());
        beans.put("databaseHealth", new DatabaseHealth(database::isReachable));
        beans.put(
                "administration",
                new AdministrationStep(devices, files.models(), composer, secrets.random()::newSeed, audit, clock));
        beans.put("rotation", new RotationStep(devices, audit, secrets.random()::newDeviceKey));
        beans.put(
                "layers",
                new LayersStep(
                        layers.edits(),
                        layers::read,
                        (mac, other) -> trial.differences(mac, layers.edits().get(), other),
                        audit));
        beans.put("claims", new ClaimsStep(new JdbcDeviceClaims(database), database.unitOfWork(), audit, clock));
        beans.put("apiAnswers", new ApiAnswers());
    }

    /** What orders need to know of the models. */
    private record KnownModels(dev.provhub.device.DeviceModels models) implements ModelNames {
        @Override
        public Optional<String> canonicalName(String anyName) {
            return models.find(anyName).map(DeviceModel::name);
        }

        @Override
        public int lines(String model) {
            return models.named(model).map(DeviceModel::lines).orElse(0);
        }

        @Override
        public Optional<String> notProvisionable(String model) {
            return models.named(model).map(DeviceModel::notProvisionable);
        }
    }
}
