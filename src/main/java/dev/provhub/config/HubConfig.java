package dev.provhub.config;

import dev.provhub.rollout.RolloutLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one hub, checked.
 *
 * @param folders         where things lie
 * @param listeners       what it listens on
 * @param database        where it keeps what it knows
 * @param publicUrls      what phones are told, as far as it was set
 * @param profiles        how profiles and layers are dealt with
 * @param rollouts        what holds for every rollout
 * @param keys            how devices come to their keys, and how long they keep them
 * @param protection      how secrets and the administration interface are protected
 * @param certificates    how certificates are looked after
 * @param publishing      how profiles get to an ordinary file server
 * @param notifying       how phones are told by SIP NOTIFY to do something
 * @param firmware        how images come in and go out
 * @param deviceLog       how much the device log keeps
 * @param watching        what counts as trouble, and how it is told
 * @param feeds           from where orders come besides, and where the SIP platform is told
 * @param orders          how orders are followed, and who is told of them
 * @param shutdownTimeout what requests in flight have to finish, 1 to 300 s
 */
public record HubConfig(
        HubFolders folders,
        Listeners listeners,
        DatabaseSettings database,
        PublicUrls publicUrls,
        ProfileSettings profiles,
        RolloutLimits rollouts,
        KeySettings keys,
        ProtectionSettings protection,
        CertificateSettings certificates,
        PublishSettings publishing,
        NotifySettings notifying,
        FirmwareSettings firmware,
        LogSettings deviceLog,
        WatchSettings watching,
        FeedSettings feeds,
        OrderSettings orders,
        Duration shutdownTimeout) {

    /**
     * How to reach the database.
     *
     * @param url      JDBC URL of H2 or PostgreSQL
     * @param user     may be empty
     * @param password secret; may be empty
     */
    public record DatabaseSettings(String url, String user, String password) {
        /** Leaves the password out; a URL may hold one too, so only its kind is told. */
        @Override
        public String toString() {
            return "DatabaseSettings[" + url.replaceFirst("^(jdbc:[a-z0-9]+:).*", "$1…") + "]";
        }
    }

    /**
     * How profiles and layers are dealt with.
     *
     * @param maxImmediate how many devices a layer edit may change without being held, from 0
     * @param history      how many given profiles are kept of each device, from 1
     * @param wipeFor      how long a device that left is served its wipe profile
     */
    public record ProfileSettings(int maxImmediate, int history, Duration wipeFor) {}

    /**
     * How images come in and go out.
     *
     * @param incoming     folder in which they are dropped
     * @param mostBytes    of one image or archive, unpacked
     * @param quiet        for how long nothing may have been written to a dropped one until it is taken
     * @param maxDownloads at a time; 0 for any number
     * @param perAddress   at a time to one address; 0 for any number
     */
    public record FirmwareSettings(Path incoming, long mostBytes, Duration quiet, int maxDownloads, int perAddress) {
        /** The same with another folder in which they are dropped. */
        public FirmwareSettings withIncoming(Path folder) {
            return new FirmwareSettings(folder, mostBytes, quiet, maxDownloads, perAddress);
        }
    }

    /**
     * How much the device log keeps.
     *
     * @param age  for how long
     * @param most how many events, from 1000
     * @param syslog where phones send their syslog
     */
    public record LogSettings(Duration age, int most, Listener syslog) {
        LogSettings resolved() {
            return new LogSettings(age, most, Listeners.udp("hub.syslog", syslog));
        }
    }

    /**
     * How devices come to their keys, and how long they keep them.
     *
     * @param stagingRanges addresses from which a MAC in a name is believed
     * @param stagingPlain  whether keys go there in clear too
     * @param compilers     folder of profile compilers; null for none
     * @param rotateAfter   when a key is changed; zero for never
     */
    public record KeySettings(
            List<AddressRange> stagingRanges,
            boolean stagingPlain,
            @Nullable Path compilers,
            Duration rotateAfter) {
        /** Copies the list. */
        public KeySettings {
            stagingRanges = List.copyOf(stagingRanges);
        }
    }

    /**
     * How secrets and the administration interface are protected.
     *
     * @param masterKeyVariable environment variable that holds the master key; empty for none
     * @param masterKeyCommand  command that prints the master key; empty for none
     * @param apiTls            how the administration interface speaks TLS
     */
    public record ProtectionSettings(String masterKeyVariable, String masterKeyCommand, ApiTls apiTls) {}

    /**
     * How certificates are looked after.
     *
     * @param warnBefore how long before its end a certificate is told of; zero for not before it
     */
    public record CertificateSettings(Duration warnBefore) {}

    /**
     * TLS of the administration interface.
     *
     * @param development whether it shows the hub's own development certificate
     * @param certificate PEM file of another; empty for none
     * @param key         PEM file of its key; empty for none
     */
    public record ApiTls(boolean development, String certificate, String key) {
        /** Whether it speaks TLS at all. */
        public boolean isOn() {
            return development || !certificate.isEmpty();
        }
    }

    /**
     * Base URLs that phones are told, as they were set; empty where they are to be derived from the host name.
     *
     * @param httpsLegacy of the listener for phones that speak TLS 1.0 only
     * @param api         of the administration interface, for the links in answers
     */
    public record PublicUrls(String tftp, String http, String https, String httpsLegacy, String api) {}

    /** Base URL of the administration interface as it is seen from this machine. */
    public String apiUrl() {
        Listener api = listeners.api();
        return (protection.apiTls().isOn() ? "https://" : "http://") + (api.isWildcard() ? "127.0.0.1" : api.host())
                + ":" + api.port();
    }

    /**
     * The same with a free port in place of each 0, as {@link Listeners#resolved} does it.
     *
     * @throws IllegalConfigurationException when a port is taken or an address is not one of this machine
     */
    public HubConfig resolved() {
        return new HubConfig(
                folders,
                listeners.resolved(),
                database,
                publicUrls,
                profiles,
                rollouts,
                keys,
                protection,
                certificates,
                publishing,
                notifying.resolved(),
                firmware,
                deviceLog.resolved(),
                watching,
                feeds,
                orders,
                shutdownTimeout);
    }
}
