package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.profile.Profile;
import dev.provhub.profile.TenantAddresses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts hubs and judges their files, without the commands knowing how one is put together. */
public interface HubLauncher {
    /**
     * Starts a hub and returns when it serves.
     *
     * @throws dev.provhub.config.IllegalConfigurationException when a setting, a file or a port is not as it must be
     */
    RunningHub start(HubConfig config);

    /** Judges the files a hub would start from; nothing is started. */
    Findings check(HubConfig config);

    /** What phones are told by a hub with these settings, started or not. */
    TenantAddresses addresses(HubConfig config);

    /**
     * The minimal profile to file with the vendor for a hub with these settings, started or not.
     *
     * @param tenant whose units it is for; null for everybody's
     */
    Profile remoteCustomization(HubConfig config, @Nullable String tenant);

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
