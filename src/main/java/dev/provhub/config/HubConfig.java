package dev.provhub.config;

import java.time.Duration;

/**
 * The settings of one hub, checked.
 *
 * @param folders         where things lie
 * @param listeners       what it listens on
 * @param database        where it keeps what it knows
 * @param publicUrls      what phones are told, as far as it was set
 * @param profiles        how profiles and layers are dealt with
 * @param publishing      how profiles get to an ordinary file server
 * @param shutdownTimeout what requests in flight have to finish, 1 to 300 s
 */
public record HubConfig(
        HubFolders folders,
        Listeners listeners,
        DatabaseSettings database,
        PublicUrls publicUrls,
        ProfileSettings profiles,
        PublishSettings publishing,
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
     * Base URLs that phones are told, as they were set; empty where they are to be derived from the host name.
     *
     * @param httpsLegacy of the listener for phones that speak TLS 1.0 only
     * @param api         of the administration interface, for the links in answers
     */
    public record PublicUrls(String tftp, String http, String https, String httpsLegacy, String api) {}

    /** The same with other listeners, after free ports were picked. */
    public HubConfig withListeners(Listeners resolved) {
        return new HubConfig(folders, resolved, database, publicUrls, profiles, publishing, shutdownTimeout);
    }
}
