package dev.provhub;

import dev.provhub.config.FeedSettings;
import dev.provhub.config.HubConfig;
import dev.provhub.config.PublishSettings;
import dev.provhub.ops.FeedServerHealth;
import dev.provhub.steps.PatientKafkaClients;
import dev.provhub.steps.QuietRemoteFiles;
import dev.provhub.steps.RemotePolls;
import dev.provhub.store.OtherDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.jspecify.annotations.Nullable;

/** What routes of feeds stand on: the databases of others, and the settings of Kafka. */
final class HubFeeds implements AutoCloseable {
    private static final String NOTHING = "classpath:sql/nothing.sql";
    private static final int LONGEST_KAFKA_PAUSE_MILLIS = 10_000;
    private static final String NO_DATABASE = "jdbc:h2:mem:none";

    private final OtherDatabase crm;
    private final OtherDatabase platform;
    private final RemotePolls sftp;
    private final QuietRemoteFiles quiet;
    private final PatientKafkaClients clients;

    HubFeeds(FeedSettings settings, Clock clock) {
        this.sftp = new RemotePolls("import-csv-from-sftp", clock);
        this.quiet = new QuietRemoteFiles(settings.quiet(), clock);
        this.clients = new PatientKafkaClients(clock);
        FeedSettings.Crm from = settings.crm();
        this.crm = from == null
                ? new OtherDatabase(NO_DATABASE, "", "")
                : new OtherDatabase(from.url(), from.user(), from.password());
        FeedSettings.Credentials to = settings.credentials();
        this.platform = to.how().equals("sql")
                ? new OtherDatabase(to.url(), to.user(), to.password())
                : new OtherDatabase(NO_DATABASE, "", "");
    }

    /** By the names that routes use. */
    Map<String, Object> byName() {
        DataSource orders = crm.dataSource();
        DataSource credentials = platform.dataSource();
        return Map.of(
                "crmDatabase", orders,
                "platformDatabase", credentials,
                "kafkaHeaders", new KafkaHeaderFilterStrategy(),
                "sftpPolls", sftp,
                "sftpQuiet", quiet,
                "sftpHealth", new FeedServerHealth("import-sftp", sftp::trouble));
    }

    /** Tells the component of Kafka what no route file says: where it is and who we are. */
    void configure(CamelContext context, FeedSettings settings) {
        FeedSettings.Kafka kafka = settings.kafka();
        KafkaComponent component = context.getComponent("kafka", KafkaComponent.class);
        KafkaConfiguration configuration = component.getConfiguration();
        component.setKafkaClientFactory(clients);
        // Each try is two lines in the log
        configuration.setReconnectBackoffMaxMs(LONGEST_KAFKA_PAUSE_MILLIS);
        if (kafka == null) {
            // An endpoint needs some, used or not
            configuration.setBrokers("localhost:9092");
            return;
        }
        configuration.setBrokers(kafka.brokers());
        boolean hasUser = !kafka.user().isEmpty();
        configuration.setSecurityProtocol((hasUser ? "SASL_" : "") + (kafka.tls() ? "SSL" : "PLAINTEXT"));
        if (hasUser) {
            configuration.setSaslMechanism(kafka.mechanism());
            String login = kafka.mechanism().equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            configuration.setSaslJaasConfig("org.apache.kafka.common.security." + login + " required username="
                    + quoted(kafka.user()) + " password=" + quoted(kafka.password()) + ";");
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** What route files of feeds may write between double braces. */
    static Map<String, String> placeholders(HubConfig config) {
        Map<String, String> values = new HashMap<>();
        PublishSettings.Sftp sftp = Objects.requireNonNullElse(config.feeds().sftp(), PublishSettings.Sftp.NOWHERE);
        values.put("hub.import.quiet", String.valueOf(config.feeds().quiet().toMillis()));
        values.put("hub.csv.sftp.enabled", String.valueOf(config.feeds().sftp() != null));
        values.put("hub.csv.sftp.host", sftp.host());
        values.put("hub.csv.sftp.port", String.valueOf(sftp.port()));
        values.put("hub.csv.sftp.folder", sftp.folder());
        values.put("hub.csv.sftp.user", sftp.user());
        values.put("hub.csv.sftp.private-key", sftp.privateKey().toString());
        values.put("hub.csv.sftp.known-hosts", sftp.knownHosts().toString());
        values.put(
                "hub.csv.sftp.work",
                config.folders().data().resolve("sftp-import").toAbsolutePath().toString());
        addCrm(values, config.feeds().crm());
        addKafka(values, config.feeds().kafka());
        addCredentials(values, config.feeds().credentials());
        return values;
    }

    private static void addCrm(Map<String, String> values, FeedSettings.@Nullable Crm crm) {
        values.put("hub.crm.enabled", String.valueOf(crm != null));
        values.put(
                "hub.crm.period",
                crm == null ? "10000" : String.valueOf(crm.period().toMillis()));
        values.put("hub.crm.query", crm == null ? NOTHING : file(crm.query()));
        Path mark = crm == null ? null : crm.mark();
        values.put("hub.crm.marks", String.valueOf(mark != null));
        values.put("hub.crm.mark", mark == null ? NOTHING : file(mark));
    }

    private static void addKafka(Map<String, String> values, FeedSettings.@Nullable Kafka kafka) {
        values.put("hub.kafka.enabled", String.valueOf(kafka != null));
        values.put("hub.kafka.orders", kafka == null ? "orders" : kafka.orders());
        values.put("hub.kafka.group", kafka == null ? "provisioning-hub" : kafka.group());
        values.put("hub.kafka.events", kafka == null ? "provisioning-events" : kafka.events());
        String dead = kafka == null ? "" : kafka.deadLetters();
        values.put("hub.kafka.dead-letters", dead);
        // An endpoint needs a name, used or not
        values.put("hub.kafka.dead-letters.topic", dead.isEmpty() ? "none" : dead);
    }

    private static void addCredentials(Map<String, String> values, FeedSettings.Credentials credentials) {
        values.put("hub.credentials", credentials.how());
        values.put("hub.credentials.enabled", String.valueOf(credentials.isOn()));
        values.put(
                "hub.credentials.address",
                credentials.how().equals("http") ? URI.create(credentials.url()).getRawAuthority() : "localhost");
        Path statement = credentials.statement();
        values.put("hub.credentials.statement", statement == null ? NOTHING : file(statement));
        values.put("hub.credentials.topic", credentials.topic().isEmpty() ? "none" : credentials.topic());
    }

    private static String file(Path path) {
        return "file:" + path;
    }

    @Override
    public void close() {
        crm.close();
        platform.close();
    }
}
