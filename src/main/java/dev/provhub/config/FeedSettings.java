package dev.provhub.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From where orders come beside the interface and the import folder, and where the SIP platform is told.
 *
 * @param quiet       for how long nothing may have been written to a dropped CSV file until it is taken
 * @param sftp        folder on an SFTP server where CSV files are dropped; null for none
 * @param crm         database of a CRM; null for none
 * @param kafka       null for none
 * @param credentials how the SIP platform is told of passwords that the hub makes
 */
public record FeedSettings(
        Duration quiet,
        PublishSettings.@Nullable Sftp sftp,
        @Nullable Crm crm,
        @Nullable Kafka kafka,
        Credentials credentials) {

    /**
     * A table or view of a CRM.
     *
     * @param url       JDBC URL
     * @param password  secret; may be empty
     * @param query     file with the statement that selects orders
     * @param mark      file with the statement that marks one as dealt with; null for none
     * @param watermark column that only grows; empty for none
     * @param start     what the watermark is before anything was read
     * @param period    between two looks
     */
    public record Crm(
            String url,
            String user,
            String password,
            Path query,
            @Nullable Path mark,
            String watermark,
            String start,
            Duration period) {
        /** Leaves the password out; a URL may hold one too. */
        @Override
        public String toString() {
            return "Crm[" + query + "]";
        }
    }

    /**
     * Kafka.
     *
     * @param brokers     host:port, with commas
     * @param orders      topic from which orders are taken
     * @param group       consumer group
     * @param deadLetters topic for what is no order or is refused; empty for none
     * @param events      topic to which routes publish
     * @param tls         whether it is spoken to over TLS
     * @param mechanism   of SASL, e.g. {@code SCRAM-SHA-512}
     * @param user        empty for none
     * @param password    secret; may be empty
     */
    public record Kafka(
            String brokers,
            String orders,
            String group,
            String deadLetters,
            String events,
            boolean tls,
            String mechanism,
            String user,
            String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Kafka[" + brokers + "]";
        }
    }

    /**
     * How the SIP platform is told.
     *
     * @param how       {@code none}, {@code http}, {@code sql} or {@code kafka}
     * @param url       http: https URL, http only to this machine; sql: JDBC URL, which may hold a secret; empty else
     * @param user      sql: may be empty
     * @param password  http: sent as bearer token; sql: the user's; secret; may be empty
     * @param statement sql: file with the statement; null else
     * @param topic     kafka; empty else
     * @param form      {@code password} or {@code ha1}
     */
    public record Credentials(
            String how,
            String url,
            String user,
            String password,
            @Nullable Path statement,
            String topic,
            String form) {
        /** Nobody is told. */
        public static final Credentials NONE = new Credentials("none", "", "", "", null, "", "password");

        /** Whether somebody is told. */
        public boolean isOn() {
            return !how.equals("none");
        }

        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Credentials[" + how + "]";
        }
    }
}
