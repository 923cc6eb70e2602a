package dev.provhub;

import dev.provhub.command.HubLauncher;
import dev.provhub.command.RunningHub;
import dev.provhub.config.FolderTree;
import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.DatabaseSettings;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.device.StoreException;
import dev.provhub.order.ModelNames;
import dev.provhub.order.api.OrderPreview;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.RemoteCustomizationProfile;
import dev.provhub.profile.TenantAddresses;
import dev.provhub.routing.Overrides;
import dev.provhub.routing.RouteCheck;
import dev.provhub.routing.RouteFolders;
import dev.provhub.routing.RouteSet;
import dev.provhub.secrets.DerivedSecrets;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.MasterKeySource;
import dev.provhub.secrets.SecretBox;
import dev.provhub.secrets.SecretException;
import dev.provhub.secrets.SecretFile;
import dev.provhub.secrets.WrappedKeys;
import dev.provhub.store.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts hubs for the commands. */
final class Launcher implements HubLauncher {
    private final Clock clock;

    Launcher(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunningHub start(HubConfig config) {
        return Hub.start(config.resolved(), clock);
    }

    /** Puts a whole hub together on a database in memory and a folder that is deleted again, and starts none of its routes. */
    @Override
    public Findings check(HubConfig config, Consumer<String> progress) {
        try {
            progress.accept("settings, models, layers, mapping and catalog");
            Path scratch = Files.createTempDirectory("hub-check");
            try (HubParts parts = HubParts.assemble(HubParts.forCheck(config, scratch), clock)) {
                RouteFolders routes = RouteFolders.of(config.folders());
                RouteSet set = routes.read();
                progress.accept(set.files().size() + " route files, which are loaded once without being started");
                List<String> problems = new ArrayList<>(
                        new RouteCheck(new HubContext(parts)::trial, parts.steps(), parts.neededRoutes())
                                .check(set).stream().map(Object::toString).toList());
                problems.addAll(parts.firmware().problems());
                List<String> remarks = new ArrayList<>(parts.remarks());
                remarks.addAll(parts.firmware().remarks());
                set.warnings().forEach(warning -> remarks.add(warning.toString()));
                progress.accept("the site's own files beside the shipped ones");
                new Overrides(routes)
                        .all().stream()
                                .map(Overrides.One::remark)
                                .filter(remark -> !remark.isEmpty())
                                .forEach(remarks::add);
                return new Findings(problems, remarks);
            } finally {
                FolderTree.delete(scratch);
            }
        } catch (IllegalConfigurationException e) {
            List<String> problems = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
            problems.addAll(ofRoutesApart(config, problems.get(0)));
            return new Findings(problems, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder for the check", e);
        }
    }

    /** What can be said of route files while other files are wrong. */
    private static List<String> ofRoutesApart(HubConfig config, String told) {
        try {
            RouteSet set = RouteFolders.of(config.folders()).read();
            return new RouteCheck(() -> HubContext.apart(config))
                    .checkApart(set).stream().map(Object::toString).toList();
        } catch (IllegalConfigurationException e) {
            return told.equals(e.getMessage()) ? List.of() : List.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void backup(HubConfig config, OutputStream out) throws IOException {
        try (out) {
            List<MasterKey> keys = keys(config);
            DatabaseSettings settings = config.database();
            try (Database database = Database.open(settings.url(), settings.user(), settings.password())) {
                SecretBox box = new SecretBox(
                        keys.get(0),
                        new SecureRandom(),
                        keys.subList(1, keys.size()).toArray(MasterKey[]::new));
                new HubBackup(config.folders(), database, box, clock).write(out);
            }
        } catch (SecretException | StoreException e) {
            throw new IllegalConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public byte[] backupHead(HubConfig config, Optional<String> passPhrase) {
        try {
            return BackupFile.head(passPhrase.isPresent() ? keys(config) : List.of(), passPhrase.orElse(null));
        } catch (SecretException e) {
            throw new IllegalConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> restore(RestoreRequest request) throws IOException {
        try {
            return HubRestore.run(request, keysFor(request));
        } catch (SecretException | StoreException e) {
            throw new IllegalConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private static List<MasterKey> keysFor(RestoreRequest request) throws IOException {
        if (request.masterKey() != null) {
            return MasterKey.parseAll(
                    SecretFile.read(request.masterKey()), request.masterKey().toString());
        }
        String wrapped = BackupFile.wrappedKeys(request.file());
        if (wrapped != null) {
            return WrappedKeys.unwrap(wrapped, request.passPhrase().get());
        }
        HubConfig config = request.settings().apply(Map.of());
        if (HubSecrets.source(config, new SecureRandom()) instanceof MasterKeySource.InFile inFile
                && !Files.exists(inFile.file())) {
            throw new IllegalConfigurationException(
                    "the master key is not in the backup; allowed: --master-key FILE, or the key where the settings say");
        }
        return keys(config);
    }

    private static List<MasterKey> keys(HubConfig config) {
        MasterKeySource source = HubSecrets.source(config, new SecureRandom());
        if (source instanceof MasterKeySource.InFile inFile && !Files.exists(inFile.file())) {
            throw new SecretException(inFile.file() + " is not there; the hub makes it on its first start");
        }
        return source.read();
    }

    @Override
    public TenantAddresses addresses(HubConfig config) {
        return PublicNames.of(config).tenants();
    }

    @Override
    public OrderPreview orderPreview(HubConfig config) {
        HubFiles files = HubFiles.read(config.folders());
        HubPlaces places = new HubPlaces(() -> List.of(files.layers()), addresses(config)::isNamed);
        return new OrderPreview(files.orderMapping().withPlaces(places), ModelNames.of(files.models()));
    }

    @Override
    public Profile remoteCustomization(HubConfig config, @Nullable String tenant) {
        HubFiles files = HubFiles.read(config.folders());
        TenantAddresses told = addresses(config);
        ProfileComposer composer = new ProfileComposer(
                files.dictionary(),
                files::layers,
                files.layers().hub().reserved(files.models()),
                files::firmware,
                told,
                DerivedSecrets::derive);
        String base = told.of(tenant).http();
        String rc = tenant == null || told.hasOwnHttp(tenant) ? base + "/rc" : base + "/t/" + tenant + "/rc";
        return RemoteCustomizationProfile.of(composer.genericBootstrap(tenant), told.of(tenant), rc);
    }
}
