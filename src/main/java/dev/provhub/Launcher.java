package dev.provhub;

import dev.provhub.command.HubLauncher;
import dev.provhub.command.RunningHub;
import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileComposer;
import dev.provhub.profile.RemoteCustomizationProfile;
import dev.provhub.profile.TenantAddresses;
import dev.provhub.routing.RouteCheck;
import dev.provhub.routing.RouteFiles;
import dev.provhub.secrets.DerivedSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts hubs for the commands. */
final class Launcher implements HubLauncher {
    private final Clock clock;

    Launcher(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunningHub start(HubConfig config) {
        return Hub.start(config.withListeners(config.listeners().resolved()), clock);
    }

    /** Puts a whole hub together on a database in memory and a folder that is deleted again, and starts none of its routes. */
    @Override
    public Findings check(HubConfig config) {
        try {
            Path scratch = Files.createTempDirectory("hub-check");
            try (HubParts parts = HubParts.assemble(HubParts.forCheck(config, scratch), clock)) {
                RouteCheck check = new RouteCheck(() -> HubContext.create(parts));
                List<String> problems = check
                        .check(RouteFiles.below(config.folders().routes()))
                        .stream()
                        .map(Object::toString)
                        .toList();
                return new Findings(problems, parts.remarks());
            } finally {
                delete(scratch);
            }
        } catch (IllegalConfigurationException e) {
            return new Findings(List.of(e.getMessage()), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder for the check", e);
        }
    }

    @Override
    public TenantAddresses addresses(HubConfig config) {
        return PublicNames.of(config).tenants();
    }

    @Override
    public Profile remoteCustomization(HubConfig config, @Nullable String tenant) {
        HubFiles files = HubFiles.read(config.folders());
        TenantAddresses told = addresses(config);
        ProfileComposer composer = new ProfileComposer(
                files.dictionary(),
                files::layers,
                files.layers().hub().reserved(files.models()),
                files.firmware(),
                told,
                DerivedSecrets::derive);
        String base = told.of(tenant).http();
        String rc = tenant == null || told.hasOwnHttp(tenant) ? base + "/rc" : base + "/t/" + tenant + "/rc";
        return RemoteCustomizationProfile.of(composer.genericBootstrap(tenant), told.of(tenant), rc);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
