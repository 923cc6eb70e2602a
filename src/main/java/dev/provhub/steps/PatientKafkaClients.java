package dev.provhub.steps;

import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumers of Kafka that ask again when brokers do not let the hub in: a certificate that has expired, a password that was changed, a right
 * that is missing yet. Camel ends its consumer for good when a poll fails so, or, told to try again, forgets what an earlier poll has
 * brought and is not yet dealt with; so a poll that fails brings nothing here, and what was brought stays as it is. Thread-safe.
 */
public final class PatientKafkaClients extends DefaultKafkaClientFactory {
    private static final Logger LOG = LoggerFactory.getLogger(PatientKafkaClients.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final SeldomSaid said;

    /** Needs a clock, because a reason is logged once in some minutes. */
    public PatientKafkaClients(Clock clock) {
        this.said = new SeldomSaid(clock);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Consumer getConsumer(Properties properties) {
        return new Patient(properties);
    }

    private final class Patient extends KafkaConsumer<Object, Object> {
        /** Camel's health check looks for it by this name, in the consumer's own class. */
        @SuppressWarnings("unused")
        private final Object delegate;

        Patient(Properties properties) {
            super(properties);
            try {
                Field field = KafkaConsumer.class.getDeclaredField("delegate");
                field.setAccessible(true);
                delegate = field.get(this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("this version of Kafka's consumer is built otherwise", e);
            }
        }

        @Override
        public ConsumerRecords<Object, Object> poll(Duration timeout) {
            try {
                return super.poll(timeout);
            } catch (AuthenticationException | AuthorizationException e) {
                String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
                said.now(reason)
                        .ifPresent(times -> LOG.warn(
                                "Kafka does not let the hub read, it is asked again reason=\"{}\" passedOver={}",
                                reason,
                                times));
                pause();
                return ConsumerRecords.empty();
            }
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
