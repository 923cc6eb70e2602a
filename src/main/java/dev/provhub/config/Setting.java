package dev.provhub.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every setting of {@code config/hub.properties}: its name, its default and what it is for. The one list that the reader,
 * the shipped file and the reference page are held against.
 */
enum Setting {
    DATA("hub.data", "data", "folder of everything the hub writes"),
    DATABASE_URL("hub.database.url", "", "JDBC URL; empty for the embedded database in the data folder"),
    DATABASE_USER("hub.database.user", "hub", "database user"),
    DATABASE_PASSWORD("hub.database.password", "", "database password"),
    IMPORT_DIR("hub.import.dir", "", "folder in which CSV orders are dropped; empty for 'import' in the data folder"),
    ROUTES_SITE(
            "hub.routes.site",
            "site/routes",
            "folder of the site's own route files, each of which stands for the shipped one of the same name; may be missing"),
    FIRMWARE_INCOMING(
            "hub.firmware.incoming",
            "",
            "folder in which images are dropped to be staged; empty for 'firmware' in the data folder"),
    FIRMWARE_QUIET(
            "hub.firmware.quiet-seconds",
            "30",
            "seconds for which nothing may have been written to a dropped image until it is taken, 1 to 86400"),
    FIRMWARE_MAX_MBYTES(
            "hub.firmware.max-mbytes",
            "1024",
            "MiB that an image or an archive of images may have, unpacked, 1 to 65536"),
    FIRMWARE_MAX_DOWNLOADS(
            "hub.firmware.max-downloads",
            "150",
            "images that are sent at a time, others are told to come back later; 0 for no limit, to 100000"),
    FIRMWARE_PER_ADDRESS(
            "hub.firmware.max-downloads-per-address",
            "100",
            "images that are sent at a time to one address; 0 for no limit but that of all, to 100000"),
    EXT("hub.ext", "ext", "folder of the site's own steps: jars, read at the start, and Groovy files; may be missing"),
    TFTP_HOST("hub.tftp.host", "0.0.0.0", "address to listen on"),
    TFTP_PORT("hub.tftp.port", "6969", "UDP port, 0 picks a free one"),
    HTTP_HOST("hub.http.host", "0.0.0.0", "address to listen on"),
    HTTP_PORT("hub.http.port", "8080", "TCP port, 0 picks a free one"),
    HTTPS_HOST("hub.https.host", "0.0.0.0", "address to listen on"),
    HTTPS_PORT("hub.https.port", "8443", "TCP port, 0 picks a free one"),
    HTTPS_LEGACY_ENABLED("hub.https-legacy.enabled", "false", "true to serve phones that speak TLS 1.0 only"),
    HTTPS_LEGACY_HOST("hub.https-legacy.host", "0.0.0.0", "address to listen on"),
    HTTPS_LEGACY_PORT("hub.https-legacy.port", "8444", "TCP port, 0 picks a free one"),
    API_HOST("hub.api.host", "127.0.0.1", "address to listen on"),
    API_PORT("hub.api.port", "8081", "TCP port, 0 picks a free one"),
    API_TLS("hub.api.tls", "", "'development' for TLS with the hub's own development certificate"),
    API_TLS_CERTIFICATE("hub.api.tls.certificate", "", "PEM file of certificate and chain, for TLS with that"),
    API_TLS_KEY("hub.api.tls.key", "", "PEM file of the key of that certificate, without pass phrase"),
    API_ALLOW_CLEAR(
            "hub.api.allow-clear",
            "false",
            "true to listen beyond this machine without TLS, behind something that speaks TLS"),
    MASTER_KEY_ENV(
            "hub.master-key.env",
            "",
            "environment variable that holds the master key; empty for the file master.key in the data folder"),
    MASTER_KEY_COMMAND(
            "hub.master-key.command",
            "",
            "command that prints the master key within 10 s; empty for the file master.key in the data folder"),
    CERTIFICATES_WARN_DAYS(
            "hub.certificates.warn-days",
            "30",
            "days before a certificate of the hub or of a device ends from which on health tells it; 0 for never, to 3650"),
    HEADER_TIMEOUT("hub.header-timeout", "10", "seconds that the headers of a request may take in total, 1 to 300"),
    TRUSTED_PROXIES(
            "hub.trusted-proxies",
            "",
            "addresses or ranges, with commas, of balancers whose X-Forwarded-For is believed for the device log"),
    PROXY_PROTOCOL(
            "hub.proxy-protocol",
            "false",
            "true when a balancer before the listeners for phones speaks the PROXY protocol (TCP only)"),
    LIMIT_KEYS(
            "hub.limit.key-requests",
            "600",
            "requests in a minute of one device under its certificate, beyond it is told to come back later; 0 for no limit"),
    LIMIT_PROFILES(
            "hub.limit.profile-requests",
            "0",
            "requests in a minute of one device at its own directory, beyond it is told to come back later; 0 for no limit"),
    PUBLIC_TFTP("hub.public.tftp", "", "base URL that phones are told; empty derives it from the host name"),
    PUBLIC_HTTP("hub.public.http", "", "base URL that phones are told; empty derives it from the host name"),
    PUBLIC_HTTPS("hub.public.https", "", "base URL that phones are told; empty derives it from the host name"),
    PUBLIC_HTTPS_LEGACY(
            "hub.public.https-legacy", "", "base URL that phones are told; empty derives it from the host name"),
    PUBLIC_API("hub.public.api", "", "base URL in the links of the order interface; empty derives it"),
    LAYER_MAX_IMMEDIATE(
            "hub.layer.max-immediate",
            "100",
            "how many devices a layer edit may change without being held, 0 to 1000000000"),
    ROLLOUT_APPROVAL(
            "hub.rollout.approval", "false", "true when somebody else must agree to a rollout than who made it"),
    ROLLOUT_REPEATS(
            "hub.rollout.repeats",
            "5",
            "how often a device may come back with nothing new until it has failed in a rollout, 1 to 1000"),
    ROLLOUT_REPEAT_SECONDS(
            "hub.rollout.repeat-seconds", "60", "seconds after one such time until the next one counts, 0 to 86400"),
    ROLLOUT_SILENCE(
            "hub.rollout.silence-hours",
            "24",
            "hours for which nothing may be heard of a device that a rollout has told until it has failed, 1 to 8760"),
    ROLLOUT_OFFLINE(
            "hub.rollout.offline-hours",
            "24",
            "hours for which nothing was heard of a device until no group waits for it, 1 to 8760"),
    ROLLOUT_PATIENCE(
            "hub.rollout.patience-hours",
            "24",
            "hours from its begin on for which a group of which no device is heard keeps the next one from beginning, 0 to 8760"),
    HISTORY_PROFILES("hub.history.profiles", "20", "how many given profiles are kept of each device, 1 to 1000"),
    WIPE_DAYS("hub.wipe.days", "90", "days for which a device that left is served its wipe profile, 0 to 3650"),
    LOG_DAYS("hub.log.days", "30", "days for which the device log keeps an event, 1 to 3650"),
    LOG_EVENTS("hub.log.events", "5000000", "how many events the device log keeps at most, 1000 to 2000000000"),
    LOG_FORMAT("hub.log.format", "text", "text for people, or json for programs (one ECS object on each line)"),
    SILENCE_PERIODS(
            "hub.silence.periods",
            "3",
            "how many of its own resync periods nothing is heard of a device until it counts as silent; 0 for never, to 1000"),
    SILENCE_ALARM_PERCENT(
            "hub.silence.alarm-percent",
            "5",
            "share of the devices that poll here from which on silent ones degrade health, 1 to 100"),
    ALARM_FACTOR(
            "hub.alarm.factor",
            "5",
            "how many times the usual a trouble must be within five minutes to be an alarm, 2 to 1000"),
    ALARM_MINIMUM(
            "hub.alarm.minimum",
            "50",
            "how often a trouble must be within five minutes at least to be an alarm, 1 to 1000000000"),
    ALARM_URL(
            "hub.alarm.url",
            "",
            "https URL to which alarms and silent devices are posted as CloudEvents; http only to this machine; empty for none"),
    STAGING_RANGES(
            "hub.staging.ranges",
            "",
            "addresses and ranges, with commas, from which a MAC in a name is believed and given its key; empty for none"),
    STAGING_PLAIN("hub.staging.plain", "false", "true to give keys there over plain HTTP and TFTP too"),
    TARGETING_COMPILERS(
            "hub.targeting.compilers",
            "",
            "folder with your copies of Cisco's profile compiler, one for each family and named as it; empty for none"),
    ROTATION_DAYS(
            "hub.rotation.days",
            "0",
            "days after which a device's key and directory are changed; 0 for never, to 3650"),
    PUBLISH_DIR(
            "hub.publish.dir",
            "",
            "folder of an ordinary file server, into which sealed profiles are put; empty for none"),
    PUBLISH_SFTP("hub.publish.sftp", "", "sftp://host[:port]/folder of an ordinary file server; empty for none"),
    PUBLISH_SFTP_USER("hub.publish.sftp.user", "", "user name there"),
    PUBLISH_SFTP_PRIVATE_KEY("hub.publish.sftp.private-key", "", "file with that user's private key"),
    PUBLISH_SFTP_KNOWN_HOSTS(
            "hub.publish.sftp.known-hosts", "", "file with the server's host key, as OpenSSH keeps it"),
    PUBLISH_URL(
            "hub.publish.url",
            "",
            "base URL over TFTP, HTTP or HTTPS at which that server serves them, as phones are told"),
    PUBLISH_PERIOD("hub.publish.period", "10", "seconds between two looks at what has changed, 1 to 3600"),
    PUBLISH_OVERLAP(
            "hub.publish.overlap", "168", "hours for which a file stays that its device was told to leave, 1 to 8760"),
    PUBLISH_COMPLETION(
            "hub.publish.completion",
            "published",
            "when an order of a published device is completed: published or applied"),
    IMPORT_QUIET(
            "hub.import.quiet-seconds",
            "10",
            "seconds for which nothing may have been written to a dropped CSV file, in the folder or by SFTP, until it is taken, 1 to 86400"),
    IMPORT_SFTP(
            "hub.import.sftp",
            "",
            "sftp://host[:port]/folder on which CSV orders are dropped, besides hub.import.dir; empty for none"),
    IMPORT_SFTP_USER("hub.import.sftp.user", "", "user name there"),
    IMPORT_SFTP_PRIVATE_KEY("hub.import.sftp.private-key", "", "file with that user's private key"),
    IMPORT_SFTP_KNOWN_HOSTS("hub.import.sftp.known-hosts", "", "file with the server's host key, as OpenSSH keeps it"),
    CRM_URL("hub.crm.url", "", "JDBC URL of a CRM from whose table orders are taken; empty for none"),
    CRM_USER("hub.crm.user", "", "database user there; empty for none"),
    CRM_PASSWORD("hub.crm.password", "", "password of that user"),
    CRM_QUERY("hub.crm.query", "", "file with the SQL statement that selects orders"),
    CRM_MARK("hub.crm.mark", "", "file with the SQL statement that marks one as dealt with; empty for none"),
    CRM_WATERMARK("hub.crm.watermark", "", "column that only grows, for :#watermark in the statement; empty for none"),
    CRM_START("hub.crm.start", "0", "what :#watermark is before anything was read"),
    CRM_PERIOD("hub.crm.period", "10", "seconds between two looks, 1 to 86400"),
    KAFKA_BROKERS("hub.kafka.brokers", "", "Kafka brokers, host:port, more with commas; empty for no Kafka"),
    KAFKA_ORDERS("hub.kafka.orders", "orders", "topic from which orders are taken"),
    KAFKA_GROUP("hub.kafka.group", "provisioning-hub", "consumer group; hubs of one database have one"),
    KAFKA_DEAD_LETTERS("hub.kafka.dead-letters", "", "topic for what is no order or is refused; empty for none"),
    KAFKA_EVENTS("hub.kafka.events", "provisioning-events", "topic to which routes publish events"),
    KAFKA_TLS("hub.kafka.tls", "false", "true to speak TLS to the brokers"),
    KAFKA_MECHANISM(
            "hub.kafka.mechanism", "SCRAM-SHA-512", "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512, where there is a user"),
    KAFKA_USER("hub.kafka.user", "", "user name at the brokers; empty for none"),
    KAFKA_PASSWORD("hub.kafka.password", "", "password of that user"),
    CREDENTIALS(
            "hub.credentials", "none", "how the SIP platform is told of generated passwords: none, http, sql or kafka"),
    CREDENTIALS_FORM("hub.credentials.form", "password", "what it is told: password or ha1"),
    CREDENTIALS_URL("hub.credentials.url", "", "for http: https URL, http only to this machine; for sql: JDBC URL"),
    CREDENTIALS_USER("hub.credentials.user", "", "for sql: database user; empty for none"),
    CREDENTIALS_PASSWORD("hub.credentials.password", "", "for http: bearer token; for sql: password of that user"),
    CREDENTIALS_STATEMENT("hub.credentials.statement", "", "for sql: file with the SQL statement"),
    CREDENTIALS_TOPIC("hub.credentials.topic", "sip-credentials", "for kafka: topic"),
    SYSLOG_HOST("hub.syslog.host", "0.0.0.0", "address on which the phones' syslog is heard"),
    SYSLOG_PORT("hub.syslog.port", "5514", "UDP port on which the phones' syslog is heard, 0 picks a free one"),
    SIP_HOST("hub.sip.host", "0.0.0.0", "address from which NOTIFY is sent, and that stands in it"),
    SIP_PORT("hub.sip.port", "5062", "UDP port from which NOTIFY is sent, 0 picks a free one"),
    NOTIFY_PROXY(
            "hub.notify.proxy",
            "",
            "outbound SIP proxy, host[:port], with ;transport=tcp behind it for TCP; empty to send straight to the phones"),
    NOTIFY_PROXY_USER("hub.notify.proxy.user", "", "name that the proxy itself asks for; empty for none"),
    NOTIFY_PROXY_PASSWORD("hub.notify.proxy.password", "", "password of that name"),
    NOTIFY_PER_SECOND("hub.notify.per-second", "20", "NOTIFYs that are begun in a second at most, 1 to 1000"),
    NOTIFY_SPREAD(
            "hub.notify.spread", "300", "seconds over which NOTIFYs to many devices at once are spread, 0 to 86400"),
    NOTIFY_ON(
            "hub.notify.on",
            "",
            "orders, rotations, or both with a comma: what has phones told to resync at once; empty for operators alone"),
    ORDERS_COMPLETE(
            "hub.orders.complete",
            "applied",
            "when an order is completed: its device has applied it, has fetched it, or the hub has accepted it"),
    ORDERS_JEOPARDY_MINUTES(
            "hub.orders.jeopardy-minutes",
            "1440",
            "minutes after which an order that its device has not fetched is in jeopardy; 0 for never, to 525600"),
    ORDERS_MAX_ITEMS("hub.orders.max-items", "500", "items that one order may have, 1 to 2000"),
    EVENTS_ALLOW(
            "hub.events.allow",
            "",
            "base URLs, with commas, to which events of orders may go beside https to public addresses"),
    EVENTS_GIVE_UP_HOURS(
            "hub.events.give-up-hours",
            "24",
            "hours for which an event that its listener does not take is tried, 1 to 720"),
    EVENTS_TO_ROUTE(
            "hub.events.to-route",
            "false",
            "true to give every event of an order to the route publish-events-elsewhere too"),
    SHUTDOWN_TIMEOUT("hub.shutdown.timeout", "10", "seconds that requests in flight have to finish, 1 to 300");

    private final String key;
    private final String fallback;
    private final String purpose;

    Setting(String key, String fallback, String purpose) {
        this.key = key;
        this.fallback = fallback;
        this.purpose = purpose;
    }

    String key() {
        return key;
    }

    String fallback() {
        return fallback;
    }

    String purpose() {
        return purpose;
    }

    /** Name of the environment variable that overrides it: dots and hyphens become underscores. */
    String variable() {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    static Optional<Setting> find(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
