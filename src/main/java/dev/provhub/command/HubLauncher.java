package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.order.api.OrderPreview;
import dev.provhub.profile.Profile;
import dev.provhub.profile.TenantAddresses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts hubs and judges their files, without the commands knowing how one is put together. */
public interface HubLauncher {
    /**
     * Starts a hub and returns when it serves.
     *
     * @throws dev.provhub.config.IllegalConfigurationException when a setting, a file or a port is not as it must be
     */
    RunningHub start(HubConfig config);

    /**
     * Judges the files a hub would start from; nothing is started.
     *
     * @param progress told what is looked at, before it is
     */
    Findings check(HubConfig config, Consumer<String> progress);

    /** As {@link #check(HubConfig, Consumer)}, for nobody who waits. */
    default Findings check(HubConfig config) {
        return check(config, what -> {});
    }

    /** What phones are told by a hub with these settings, started or not. */
    TenantAddresses addresses(HubConfig config);

    /**
     * The minimal profile to file with the vendor for a hub with these settings, started or not.
     *
     * @param tenant whose units it is for; null for everybody's
     */
    Profile remoteCustomization(HubConfig config, @Nullable String tenant);

    /** What the mapping of a hub with these settings makes of orders. */
    OrderPreview orderPreview(HubConfig config);

    /**
     * Writes the sealed part of a backup of a hub that does not run, and closes the stream.
     *
     * @throws dev.provhub.config.IllegalConfigurationException when the database or the master key cannot be opened
     */
    void backup(HubConfig config, OutputStream out) throws IOException;

    /**
     * What stands before the sealed part.
     *
     * @param passPhrase under which the master key is put into it, if it is
     */
    byte[] backupHead(HubConfig config, Optional<String> passPhrase);

    /**
     * Makes this machine the hub of a backup.
     *
     * @return what was done, one line each
     * @throws dev.provhub.config.IllegalConfigurationException saying what has to be otherwise first
     */
    List<String> restore(RestoreRequest request) throws IOException;

    /**
     * What is to be restored.
     *
     * @param masterKey    file with the key; null when it is in the backup or where the settings say
     * @param keepSettings whether {@code hub.properties} of this machine stays
     * @param passPhrase   asks for that of the backup, when it is needed
     * @param settings     reads the settings of this machine with others on top
     */
    record RestoreRequest(
            Path file,
            @Nullable Path masterKey,
            boolean keepSettings,
            Supplier<String> passPhrase,
            Function<Map<String, String>, HubConfig> settings) {}

    /**
     * What a check has found, one line each.
     *
     * @param problems what keeps a hub from starting, with file, line and reason, sorted
     * @param remarks  what an operator should know before real phones come
     */
    record Findings(List<String> problems, List<String> remarks) {
        /** Copies both. */
        public Findings {
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }
    }
}
