package dev.provhub.config;

import dev.provhub.config.HubConfig.DatabaseSettings;
import dev.provhub.config.HubConfig.PublicUrls;
import dev.provhub.notify.SipAddress;
import dev.provhub.notify.SipLogin;
import dev.provhub.order.CompleteWhen;
import dev.provhub.rollout.RolloutLimits;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code hub.properties}. What counts, first to last: a command's option, an environment variable
 * ({@code HUB_HTTP_PORT}), the file, the default.
 */
public final class HubConfigReader {
    private static final int SFTP_PORT = 22;

    private final Map<Setting, String> values;
    private final Path configFolder;

    private HubConfigReader(Path configFolder, Map<Setting, String> values) {
        this.configFolder = configFolder;
        this.values = values;
    }

    /**
     * Reads and checks all settings.
     *
     * @param home        the folder that relative paths count from, with {@code config}, {@code routes} and {@code firmware}
     * @param environment variables of the process
     * @param options     settings given on the command line, by name; besides those of the file {@code hub.config},
     *                    {@code hub.routes} and {@code hub.firmware} name the folders
     * @throws IllegalConfigurationException naming the setting, its value and what is allowed
     */
    public static HubConfig read(Path home, Map<String, String> environment, Map<String, String> options) {
        Path config = folder(home, environment, options, "hub.config", "config");
        SettingsFile file = SettingsFile.read(config.resolve("hub.properties"));
        HubConfigReader reader = new HubConfigReader(config, file.values());
        for (Setting setting : Setting.values()) {
            String override = options.getOrDefault(setting.key(), environment.get(setting.variable()));
            if (override != null) {
                reader.values.put(setting, override.strip());
                file.overrule(setting);
            }
        }
        Path routes = folder(home, environment, options, "hub.routes", "routes");
        Path firmware = folder(home, environment, options, "hub.firmware", "firmware");
        try {
            return reader.build(home, routes, firmware);
        } catch (IllegalConfigurationException e) {
            throw file.placed(e);
        }
    }

    private static Path folder(
            Path home, Map<String, String> environment, Map<String, String> options, String key, String fallback) {
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_');
        Path folder = home.resolve(options.getOrDefault(key, environment.getOrDefault(variable, fallback)));
        if (!Files.isDirectory(folder)) {
            throw new IllegalConfigurationException(key + " = " + folder + " is not a folder");
        }
        return folder;
    }

    private HubConfig build(Path home, Path routes, Path firmware) {
        Path data = home.resolve(text(Setting.DATA));
        Path importDir =
                text(Setting.IMPORT_DIR).isEmpty() ? data.resolve("import") : home.resolve(text(Setting.IMPORT_DIR));
        return new HubConfig(
                new HubFolders(
                        configFolder,
                        routes,
                        home.resolve(text(Setting.ROUTES_SITE)),
                        home.resolve(text(Setting.EXT)),
                        firmware,
                        data,
                        importDir),
                listeners(),
                database(data),
                publicUrls(),
                new HubConfig.ProfileSettings(
                        number(Setting.LAYER_MAX_IMMEDIATE, 0, 1_000_000_000),
                        number(Setting.HISTORY_PROFILES, 1, 1000),
                        Duration.ofDays(number(Setting.WIPE_DAYS, 0, 3650))),
                new RolloutLimits(
                        flag(Setting.ROLLOUT_APPROVAL),
                        number(Setting.ROLLOUT_REPEATS, 1, 1000),
                        Duration.ofSeconds(number(Setting.ROLLOUT_REPEAT_SECONDS, 0, 86_400)),
                        Duration.ofHours(number(Setting.ROLLOUT_SILENCE, 1, 8760)),
                        Duration.ofHours(number(Setting.ROLLOUT_OFFLINE, 1, 8760)),
                        Duration.ofHours(number(Setting.ROLLOUT_PATIENCE, 0, 8760)),
                        number(Setting.NOTIFY_PER_SECOND, 1, 1000)),
                keys(),
                protection(home),
                new HubConfig.CertificateSettings(Duration.ofDays(number(Setting.CERTIFICATES_WARN_DAYS, 0, 3650))),
                publishing(home),
                notifying(),
                new HubConfig.FirmwareSettings(
                        text(Setting.FIRMWARE_INCOMING).isEmpty()
                                ? data.resolve("firmware")
                                : home.resolve(text(Setting.FIRMWARE_INCOMING)),
                        (long) number(Setting.FIRMWARE_MAX_MBYTES, 1, 65_536) << 20,
                        Duration.ofSeconds(number(Setting.FIRMWARE_QUIET, 1, 86_400)),
                        number(Setting.FIRMWARE_MAX_DOWNLOADS, 0, 100_000),
                        number(Setting.FIRMWARE_PER_ADDRESS, 0, 100_000)),
                new HubConfig.LogSettings(
                        Duration.ofDays(number(Setting.LOG_DAYS, 1, 3650)),
                        number(Setting.LOG_EVENTS, 1000, 2_000_000_000),
                        listener(Setting.SYSLOG_HOST, Setting.SYSLOG_PORT)),
                watching(),
                new FeedSettingsReader(home, this::text, HubConfigReader::isLoopback).read(importSftp(home)),
                orders(),
                Duration.ofSeconds(number(Setting.SHUTDOWN_TIMEOUT, 1, 300)));
    }

    private WatchSettings watching() {
        String format = text(Setting.LOG_FORMAT);
        if (!format.equals("text") && !format.equals("json")) {
            throw refused(Setting.LOG_FORMAT, "text or json");
        }
        return new WatchSettings(
                number(Setting.SILENCE_PERIODS, 0, 1000),
                number(Setting.SILENCE_ALARM_PERCENT, 1, 100),
                number(Setting.ALARM_FACTOR, 2, 1000),
                number(Setting.ALARM_MINIMUM, 1, 1_000_000_000),
                alarmUrl(),
                format.equals("json"));
    }

    private OrderSettings orders() {
        return new OrderSettings(
                CompleteWhen.find(text(Setting.ORDERS_COMPLETE))
                        .orElseThrow(() -> refused(Setting.ORDERS_COMPLETE, "applied, fetched or accepted")),
                Duration.ofMinutes(number(Setting.ORDERS_JEOPARDY_MINUTES, 0, 525_600)),
                number(Setting.ORDERS_MAX_ITEMS, 1, 2000),
                Arrays.stream(text(Setting.EVENTS_ALLOW).split(",", -1))
                        .map(String::strip)
                        .filter(url -> !url.isEmpty())
                        .map(this::allowedUrl)
                        .toList(),
                Duration.ofHours(number(Setting.EVENTS_GIVE_UP_HOURS, 1, 720)),
                flag(Setting.EVENTS_TO_ROUTE));
    }

    private URI allowedUrl(String text) {
        String allowed = "http or https://host[:port][/path], without a name, password or query, with commas";
        try {
            URI uri = new URI(text);
            boolean isBase = uri.getHost() != null
                    && Set.of("http", "https").contains(uri.getScheme())
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (isBase) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw refused(Setting.EVENTS_ALLOW, allowed);
        }
        throw refused(Setting.EVENTS_ALLOW, allowed);
    }

    /** It may hold a password and is not repeated. */
    private @Nullable URI alarmUrl() {
        if (text(Setting.ALARM_URL).isEmpty()) {
            return null;
        }
        try {
            URI url = new URI(text(Setting.ALARM_URL));
            boolean isNear = url.getHost() != null && isLoopback(url.getHost());
            if (url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isNear))) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw refusedAlarmUrl();
        }
        throw refusedAlarmUrl();
    }

    private static IllegalConfigurationException refusedAlarmUrl() {
        return new IllegalConfigurationException(
                Setting.ALARM_URL.key()
                        + " is not allowed; allowed: https://host[:port][/path] without a name or password, http only to this machine");
    }

    private HubConfig.KeySettings keys() {
        return new HubConfig.KeySettings(
                ranges(Setting.STAGING_RANGES),
                flag(Setting.STAGING_PLAIN),
                compilers(),
                Duration.ofDays(number(Setting.ROTATION_DAYS, 0, 3650)));
    }

    private @Nullable Path compilers() {
        String folder = text(Setting.TARGETING_COMPILERS);
        if (folder.isEmpty()) {
            return null;
        }
        Path path = Path.of(folder).toAbsolutePath();
        if (!Files.isDirectory(path)) {
            throw refused(Setting.TARGETING_COMPILERS, "a folder that is there");
        }
        return path;
    }

    private PublishSettings publishing(Path home) {
        String url = publicUrl(Setting.PUBLISH_URL, "tftp", "http", "https");
        String dir = text(Setting.PUBLISH_DIR);
        String sftp = text(Setting.PUBLISH_SFTP);
        if (!dir.isEmpty() && !sftp.isEmpty()) {
            throw refused(Setting.PUBLISH_SFTP, "either this or hub.publish.dir");
        }
        boolean on = !dir.isEmpty() || !sftp.isEmpty();
        if (on == url.isEmpty()) {
            throw refused(
                    Setting.PUBLISH_URL,
                    on
                            ? "the base URL at which the published files are served"
                            : "nothing without hub.publish.dir or hub.publish.sftp");
        }
        String completion = text(Setting.PUBLISH_COMPLETION);
        if (!completion.equals("published") && !completion.equals("applied")) {
            throw refused(Setting.PUBLISH_COMPLETION, "published or applied");
        }
        return new PublishSettings(
                dir.isEmpty() ? null : home.resolve(dir),
                sftp.isEmpty() ? null : sftp(home, SftpNames.PUBLISH),
                url,
                Duration.ofSeconds(number(Setting.PUBLISH_PERIOD, 1, 3600)),
                Duration.ofHours(number(Setting.PUBLISH_OVERLAP, 1, 8760)),
                completion);
    }

    private NotifySettings notifying() {
        String proxy = text(Setting.NOTIFY_PROXY);
        SipAddress address = SipAddress.find(proxy).orElse(null);
        if (address == null && !proxy.isEmpty()) {
            throw refused(Setting.NOTIFY_PROXY, SipAddress.ALLOWED + ", or nothing");
        }
        String user = text(Setting.NOTIFY_PROXY_USER);
        if (user.isEmpty() && !text(Setting.NOTIFY_PROXY_PASSWORD).isEmpty()) {
            throw refused(Setting.NOTIFY_PROXY_USER, "a name together with hub.notify.proxy.password");
        }
        Set<String> on = Arrays.stream(text(Setting.NOTIFY_ON).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (!Set.of("orders", "rotations").containsAll(on)) {
            throw refused(Setting.NOTIFY_ON, "orders, rotations, or both with a comma, or nothing");
        }
        return new NotifySettings(
                listener(Setting.SIP_HOST, Setting.SIP_PORT),
                address,
                user.isEmpty() ? null : new SipLogin(user, text(Setting.NOTIFY_PROXY_PASSWORD)),
                number(Setting.NOTIFY_PER_SECOND, 1, 1000),
                Duration.ofSeconds(number(Setting.NOTIFY_SPREAD, 0, 86_400)),
                on);
    }

    private PublishSettings.@Nullable Sftp importSftp(Path home) {
        return text(Setting.IMPORT_SFTP).isEmpty() ? null : sftp(home, SftpNames.IMPORT);
    }

    /** The settings of an SFTP server. */
    private record SftpNames(Setting url, Setting user, Setting privateKey, Setting knownHosts) {
        static final SftpNames PUBLISH = new SftpNames(
                Setting.PUBLISH_SFTP,
                Setting.PUBLISH_SFTP_USER,
                Setting.PUBLISH_SFTP_PRIVATE_KEY,
                Setting.PUBLISH_SFTP_KNOWN_HOSTS);
        static final SftpNames IMPORT = new SftpNames(
                Setting.IMPORT_SFTP,
                Setting.IMPORT_SFTP_USER,
                Setting.IMPORT_SFTP_PRIVATE_KEY,
                Setting.IMPORT_SFTP_KNOWN_HOSTS);
    }

    private PublishSettings.Sftp sftp(Path home, SftpNames names) {
        String text = text(names.url());
        String allowed = "sftp://host[:port]/folder, without a name or password";
        try {
            URI uri = new URI(text);
            if (!"sftp".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
                // It may hold a password and is not repeated
                throw new IllegalConfigurationException(names.url().key() + " is not allowed; allowed: " + allowed);
            }
            String user = text(names.user());
            if (user.isEmpty()) {
                throw refused(names.user(), "the user name at " + uri.getHost());
            }
            return new PublishSettings.Sftp(
                    uri.getHost(),
                    uri.getPort() < 0 ? SFTP_PORT : uri.getPort(),
                    uri.getPath().replaceFirst("^/", "").replaceFirst("/+$", ""),
                    user,
                    readable(home, names.privateKey()),
                    readable(home, names.knownHosts()));
        } catch (URISyntaxException e) {
            throw new IllegalConfigurationException(names.url().key() + " is not allowed; allowed: " + allowed);
        }
    }

    private Path readable(Path home, Setting setting) {
        Path file = home.resolve(text(setting));
        if (text(setting).isEmpty() || !Files.isReadable(file) || Files.isDirectory(file)) {
            throw refused(setting, "a file that can be read");
        }
        return file.toAbsolutePath();
    }

    private Listeners listeners() {
        return new Listeners(
                listener(Setting.TFTP_HOST, Setting.TFTP_PORT),
                listener(Setting.HTTP_HOST, Setting.HTTP_PORT),
                listener(Setting.HTTPS_HOST, Setting.HTTPS_PORT),
                listener(Setting.HTTPS_LEGACY_HOST, Setting.HTTPS_LEGACY_PORT),
                flag(Setting.HTTPS_LEGACY_ENABLED),
                listener(Setting.API_HOST, Setting.API_PORT),
                new ListenerGuard(
                        Duration.ofSeconds(number(Setting.HEADER_TIMEOUT, 1, 300)),
                        ranges(Setting.TRUSTED_PROXIES),
                        flag(Setting.PROXY_PROTOCOL),
                        number(Setting.LIMIT_KEYS, 0, 1_000_000_000),
                        number(Setting.LIMIT_PROFILES, 0, 1_000_000_000)));
    }

    private List<AddressRange> ranges(Setting setting) {
        try {
            return Arrays.stream(text(setting).split(","))
                    .map(String::strip)
                    .filter(range -> !range.isEmpty())
                    .map(AddressRange::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw refused(
                    setting, "addresses or ranges such as 192.0.2.7, 10.1.0.0/16, with commas; " + e.getMessage());
        }
    }

    private HubConfig.ProtectionSettings protection(Path home) {
        String variable = text(Setting.MASTER_KEY_ENV);
        String command = text(Setting.MASTER_KEY_COMMAND);
        if (!variable.isEmpty() && !command.isEmpty()) {
            throw refused(Setting.MASTER_KEY_COMMAND, "one of hub.master-key.env and hub.master-key.command");
        }
        return new HubConfig.ProtectionSettings(variable, command, apiTls(home));
    }

    private HubConfig.ApiTls apiTls(Path home) {
        String kind = text(Setting.API_TLS);
        String certificate = text(Setting.API_TLS_CERTIFICATE);
        String key = text(Setting.API_TLS_KEY);
        if (!kind.isEmpty() && !kind.equals("development")) {
            throw refused(Setting.API_TLS, "development, or nothing");
        }
        if (!kind.isEmpty() && !certificate.isEmpty()) {
            throw refused(Setting.API_TLS, "nothing where hub.api.tls.certificate is set");
        }
        if (certificate.isEmpty() != key.isEmpty()) {
            throw certificate.isEmpty()
                    ? refused(Setting.API_TLS_KEY, "a file together with hub.api.tls.certificate")
                    : refused(Setting.API_TLS_CERTIFICATE, "a file together with hub.api.tls.key");
        }
        HubConfig.ApiTls tls = new HubConfig.ApiTls(!kind.isEmpty(), resolved(home, certificate), resolved(home, key));
        if (!tls.isOn() && !flag(Setting.API_ALLOW_CLEAR) && !isLoopback(text(Setting.API_HOST))) {
            throw refused(
                    Setting.API_HOST,
                    "an address of this machine alone (127.0.0.1), or TLS by hub.api.tls.certificate and hub.api.tls.key"
                            + " or by hub.api.tls = development, or hub.api.allow-clear = true");
        }
        return tls;
    }

    private static String resolved(Path home, String file) {
        return file.isEmpty() ? file : home.resolve(file).toString();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private DatabaseSettings database(Path data) {
        String url = text(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            url = "jdbc:h2:file:" + data.toAbsolutePath().resolve("hub");
        } else if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            // The URL itself may hold a password and is not repeated.
            throw new IllegalConfigurationException(
                    Setting.DATABASE_URL.key() + " must begin with jdbc:h2: or jdbc:postgresql:");
        }
        return new DatabaseSettings(url, text(Setting.DATABASE_USER), text(Setting.DATABASE_PASSWORD));
    }

    private PublicUrls publicUrls() {
        return new PublicUrls(
                publicUrl(Setting.PUBLIC_TFTP, "tftp"),
                publicUrl(Setting.PUBLIC_HTTP, "http"),
                publicUrl(Setting.PUBLIC_HTTPS, "https"),
                publicUrl(Setting.PUBLIC_HTTPS_LEGACY, "https"),
                publicUrl(Setting.PUBLIC_API, "http", "https"));
    }

    private String publicUrl(Setting setting, String... schemes) {
        String text = text(setting);
        if (text.isEmpty()) {
            return text;
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null || !Set.of(schemes).contains(uri.getScheme()) || uri.getRawQuery() != null) {
                throw refused(setting, String.join(" or ", schemes) + "://host[:port][/path]");
            }
            if (uri.getHost().startsWith("[")) {
                throw refused(
                        setting, "a host name or an IPv4 address, because the phones' rules cannot hold IPv6 literals");
            }
            return text.replaceFirst("/+$", "");
        } catch (URISyntaxException e) {
            throw refused(setting, String.join(" or ", schemes) + "://host[:port][/path]");
        }
    }

    private Listener listener(Setting host, Setting port) {
        if (text(host).isEmpty()) {
            throw refused(host, "a host name or an address, 0.0.0.0 for all interfaces");
        }
        return new Listener(text(host), number(port, 0, 65535));
    }

    private boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(setting, "true or false");
        };
    }

    private int number(Setting setting, int from, int to) {
        try {
            int value = Integer.parseInt(text(setting));
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(setting, "a whole number from " + from + " to " + to);
        }
        throw refused(setting, "a whole number from " + from + " to " + to);
    }

    private String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    private IllegalConfigurationException refused(Setting setting, String allowed) {
        return new IllegalConfigurationException(
                setting.key() + " = " + text(setting) + " is not allowed; allowed: " + allowed);
    }
}
