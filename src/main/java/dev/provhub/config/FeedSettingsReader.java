package dev.provhub.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the settings of feeds. */
final class FeedSettingsReader {
    private static final int LONGEST_PERIOD_SECONDS = 86_400;

    private final Path home;
    private final Function<Setting, String> values;
    private final Predicate<String> isLoopback;

    /**
     * Begins to read.
     *
     * @param home       from which names of files count
     * @param isLoopback whether a host is this machine
     */
    FeedSettingsReader(Path home, Function<Setting, String> values, Predicate<String> isLoopback) {
        this.home = home;
        this.values = values;
        this.isLoopback = isLoopback;
    }

    FeedSettings read(PublishSettings.@Nullable Sftp sftp) {
        return new FeedSettings(seconds(Setting.IMPORT_QUIET), sftp, crm(), kafka(), credentials());
    }

    private FeedSettings.@Nullable Crm crm() {
        if (text(Setting.CRM_URL).isEmpty()) {
            return null;
        }
        requireJdbc(Setting.CRM_URL);
        String watermark = text(Setting.CRM_WATERMARK);
        Path mark = text(Setting.CRM_MARK).isEmpty() ? null : readable(Setting.CRM_MARK);
        if (mark == null && watermark.isEmpty()) {
            throw refused(
                    Setting.CRM_MARK,
                    "a file with a statement, or a column in hub.crm.watermark: else the same orders would be read for ever");
        }
        if (!watermark.matches("[A-Za-z0-9_]{0,63}")) {
            throw refused(Setting.CRM_WATERMARK, "the name of a column");
        }
        return new FeedSettings.Crm(
                text(Setting.CRM_URL),
                text(Setting.CRM_USER),
                text(Setting.CRM_PASSWORD),
                readable(Setting.CRM_QUERY),
                mark,
                watermark,
                text(Setting.CRM_START),
                seconds(Setting.CRM_PERIOD));
    }

    private void requireJdbc(Setting setting) {
        if (!text(setting).startsWith("jdbc:")) {
            // It may hold a password and is not repeated
            throw new IllegalConfigurationException(setting.key() + " must begin with jdbc:");
        }
    }

    private FeedSettings.@Nullable Kafka kafka() {
        String brokers = text(Setting.KAFKA_BROKERS);
        if (brokers.isEmpty()) {
            return null;
        }
        if (!brokers.matches("[^\\s:,/@]+:\\d{1,5}(\\s*,\\s*[^\\s:,/@]+:\\d{1,5})*")) {
            throw refused(Setting.KAFKA_BROKERS, "host:port, more with commas");
        }
        for (Setting topic : new Setting[] {Setting.KAFKA_ORDERS, Setting.KAFKA_EVENTS}) {
            requireTopic(topic, false);
        }
        requireTopic(Setting.KAFKA_DEAD_LETTERS, true);
        return new FeedSettings.Kafka(
                brokers.replaceAll("\\s", ""),
                text(Setting.KAFKA_ORDERS),
                text(Setting.KAFKA_GROUP),
                text(Setting.KAFKA_DEAD_LETTERS),
                text(Setting.KAFKA_EVENTS),
                flag(Setting.KAFKA_TLS),
                mechanism(),
                text(Setting.KAFKA_USER),
                text(Setting.KAFKA_PASSWORD));
    }

    private String mechanism() {
        String mechanism = text(Setting.KAFKA_MECHANISM);
        if (!Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512").contains(mechanism)) {
            throw refused(Setting.KAFKA_MECHANISM, "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
        }
        return mechanism;
    }

    private void requireTopic(Setting setting, boolean mayBeEmpty) {
        String topic = text(setting);
        if (!(mayBeEmpty && topic.isEmpty()) && !topic.matches("[A-Za-z0-9._-]{1,249}")) {
            throw refused(setting, "the name of a topic");
        }
    }

    private FeedSettings.Credentials credentials() {
        String how = text(Setting.CREDENTIALS);
        String form = text(Setting.CREDENTIALS_FORM);
        if (!Set.of("password", "ha1").contains(form)) {
            throw refused(Setting.CREDENTIALS_FORM, "password or ha1");
        }
        return switch (how) {
            case "none" -> FeedSettings.Credentials.NONE;
            case "http" ->
                new FeedSettings.Credentials(how, http(), "", text(Setting.CREDENTIALS_PASSWORD), null, "", form);
            case "sql" -> {
                requireJdbc(Setting.CREDENTIALS_URL);
                yield new FeedSettings.Credentials(
                        how,
                        text(Setting.CREDENTIALS_URL),
                        text(Setting.CREDENTIALS_USER),
                        text(Setting.CREDENTIALS_PASSWORD),
                        readable(Setting.CREDENTIALS_STATEMENT),
                        "",
                        form);
            }
            case "kafka" -> {
                if (text(Setting.KAFKA_BROKERS).isEmpty()) {
                    throw refused(Setting.CREDENTIALS, "kafka only where hub.kafka.brokers is set");
                }
                requireTopic(Setting.CREDENTIALS_TOPIC, false);
                yield new FeedSettings.Credentials(how, "", "", "", null, text(Setting.CREDENTIALS_TOPIC), form);
            }
            default -> throw refused(Setting.CREDENTIALS, "none, http, sql or kafka");
        };
    }

    /** It may hold a password and is not repeated. */
    private String http() {
        String allowed = Setting.CREDENTIALS_URL.key()
                + " is not allowed; allowed: https://host[:port][/path] without a name or password, http only to this machine";
        try {
            URI url = new URI(text(Setting.CREDENTIALS_URL));
            boolean isNear = url.getHost() != null && isLoopback.test(url.getHost());
            if (url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isNear))) {
                return url.toString();
            }
        } catch (URISyntaxException e) {
            throw new IllegalConfigurationException(allowed);
        }
        throw new IllegalConfigurationException(allowed);
    }

    private Path readable(Setting setting) {
        Path file = home.resolve(text(setting));
        if (text(setting).isEmpty() || !Files.isReadable(file) || Files.isDirectory(file)) {
            throw refused(setting, "a file that can be read");
        }
        return file.toAbsolutePath();
    }

    private boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(setting, "true or false");
        };
    }

    private Duration seconds(Setting setting) {
        if (text(setting).matches("\\d{1,6}")) {
            int value = Integer.parseInt(text(setting));
            if (value >= 1 && value <= LONGEST_PERIOD_SECONDS) {
                return Duration.ofSeconds(value);
            }
        }
        throw refused(setting, "a whole number from 1 to " + LONGEST_PERIOD_SECONDS);
    }

    private String text(Setting setting) {
        return values.apply(setting);
    }

    private IllegalConfigurationException refused(Setting setting, String allowed) {
        return new IllegalConfigurationException(
                setting.key() + " = " + text(setting) + " is not allowed; allowed: " + allowed);
    }
}
