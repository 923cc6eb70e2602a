package dev.provhub.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How profiles get to an ordinary file server. Off when neither folder nor SFTP server is given.
 *
 * @param dir        a folder that it serves; null for none
 * @param sftp       how it is reached otherwise; null for not
 * @param url        base URL that phones are told; empty when off
 * @param period     between two looks at what has changed
 * @param overlap    for how long a file stays that its device was told to leave
 * @param completion {@code published} or {@code applied}: when an order is completed
 */
public record PublishSettings(
        @Nullable Path dir, @Nullable Sftp sftp, String url, Duration period, Duration overlap, String completion) {

    /**
     * A folder on an SFTP server.
     *
     * @param folder     from where the user begins; empty for just there
     * @param privateKey file with the user's key
     * @param knownHosts file with the server's key
     */
    public record Sftp(String host, int port, String folder, String user, Path privateKey, Path knownHosts) {
        /** Stands where there is no such server. */
        public static final Sftp NOWHERE =
                new Sftp("localhost", 22, "nowhere", "nobody", Path.of("none"), Path.of("none"));
    }

    /** Whether an order is completed by its file being published. */
    public boolean completesOrders() {
        return isOn() && completion.equals("published");
    }

    /** Whether there is a server to publish to. */
    public boolean isOn() {
        return dir != null || sftp != null;
    }
}
