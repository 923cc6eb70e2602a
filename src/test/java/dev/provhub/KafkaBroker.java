package dev.provhub;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.testkit.KafkaClusterTestKit;
import kafka.testkit.TestKitNodes;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka as it is, one broker in this JVM. */
final class KafkaBroker implements AutoCloseable {
    private final KafkaClusterTestKit cluster;

    private KafkaBroker(KafkaClusterTestKit cluster) {
        this.cluster = cluster;
    }

    /** Starts it, with topics of one partition. */
    static KafkaBroker start(String... topics) throws Exception {
        return startOn(0, topics);
    }

    /** @param port of 127.0.0.1; 0 for a free one */
    static KafkaBroker startOn(int port, String... topics) throws Exception {
        return start(Map.of("listeners", "EXTERNAL://localhost:" + port + ",CONTROLLER://localhost:0"), topics);
    }

    /**
     * One that also lets in whom it knows, over TLS.
     *
     * @param port  of localhost, for TLS and SCRAM-SHA-512
     * @param store PKCS 12 of its certificate and key, with the password {@code changeit}
     */
    static KafkaBroker startGuarded(int port, Path store, String... topics) throws Exception {
        String open = "EXTERNAL://localhost:" + SippPeer.freePort();
        String guarded = "GUARDED://localhost:" + port;
        return start(
                Map.of(
                        "listeners",
                        open + "," + guarded + ",CONTROLLER://localhost:0",
                        "advertised.listeners",
                        open + "," + guarded,
                        "listener.security.protocol.map",
                        "EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,GUARDED:SASL_SSL",
                        "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        "listener.name.guarded.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "ssl.keystore.location",
                        store.toString(),
                        "ssl.keystore.type",
                        "PKCS12",
                        "ssl.keystore.password",
                        "changeit"),
                topics);
    }

    private static KafkaBroker start(Map<String, String> listening, String... topics) throws Exception {
        KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(new TestKitNodes.Builder()
                .setCombined(true)
                .setNumBrokerNodes(1)
                .setNumControllerNodes(1)
                .build());
        listening.forEach(builder::setConfigProp);
        KafkaClusterTestKit cluster = builder.setConfigProp("offsets.topic.replication.factor", "1")
                .setConfigProp("offsets.topic.num.partitions", "1")
                .setConfigProp("group.initial.rebalance.delay.ms", "0")
                .build();
        cluster.format();
        cluster.startup();
        cluster.waitForReadyBrokers();
        KafkaBroker broker = new KafkaBroker(cluster);
        try (Admin admin = Admin.create(broker.properties())) {
            List<NewTopic> wanted = new ArrayList<>();
            for (String topic : topics) {
                wanted.add(new NewTopic(topic, 1, (short) 1));
            }
            admin.createTopics(wanted).all().get();
        }
        return broker;
    }

    String address() {
        return cluster.bootstrapServers();
    }

    /** From now on knows somebody. */
    void letIn(String user, String password) throws Exception {
        try (Admin admin = Admin.create(properties())) {
            ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, kind, password)))
                    .all()
                    .get();
        }
    }

    private Map<String, Object> properties() {
        return new HashMap<>(Map.of("bootstrap.servers", address()));
    }

    void send(String topic, List<String> messages) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties(), new StringSerializer(), new StringSerializer())) {
            for (String message : messages) {
                producer.send(new ProducerRecord<>(topic, message));
            }
            producer.flush();
        }
    }

    /** The first messages of a topic; fewer when no more come within half a minute. */
    List<ConsumerRecord<String, String>> read(String topic, int count) {
        Map<String, Object> properties = properties();
        List<ConsumerRecord<String, String>> read = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            for (int turn = 0; turn < 30 && read.size() < count; turn++) {
                consumer.poll(Duration.ofSeconds(1)).forEach(read::add);
            }
        }
        return read;
    }

    /** How far a group has come in a topic. */
    long committed(String group, String topic) throws Exception {
        try (Admin admin = Admin.create(properties())) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
