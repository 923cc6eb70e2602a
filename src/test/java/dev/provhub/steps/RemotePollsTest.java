package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import java.net.ConnectException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemotePollsTest {
    private final SettableClock clock = new SettableClock();
    private final RemotePolls polls = new RemotePolls("files", clock);
    private final CamelContext camel = new DefaultCamelContext();

    private Endpoint endpoint;
    private Consumer consumer;

    @BeforeEach
    void connect() throws Exception {
        endpoint = camel.getEndpoint("direct:files");
        consumer = endpoint.createConsumer(exchange -> {});
    }

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    private void fail(String reason) {
        polls.begin(consumer, endpoint);
        polls.rollback(
                consumer,
                endpoint,
                0,
                new GenericFileOperationFailedException(
                        "Cannot connect to sftp://hub@files.example.net:22", new ConnectException(reason)));
    }

    @Test
    void begin_afterFailures_waitsLongerAndLongerUpToAMinute() {
        long[] pauses = {2, 4, 8, 16, 32, 60, 60};
        for (long pause : pauses) {
            fail("Connection refused");
            clock.forward(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(polls.begin(consumer, endpoint)).isFalse();
            clock.forward(Duration.ofMillis(1));
            assertThat(polls.begin(consumer, endpoint)).isTrue();
        }
        for (int more = 0; more < 100; more++) {
            fail("Connection refused");
        }
        clock.forward(Duration.ofMinutes(1));
        assertThat(polls.begin(consumer, endpoint)).isTrue();
        assertThat(polls.trouble())
                .contains(
                        "Cannot connect to sftp://hub@files.example.net:22: Connection refused (since 2026-03-01T10:00:00Z, 107 tries)");
    }

    @Test
    void commit_afterAPollWithoutFailure_isWell() {
        fail("Connection refused");
        polls.begin(consumer, endpoint);
        polls.commit(consumer, endpoint, 1);

        assertThat(polls.trouble()).isEmpty();
        assertThat(polls.begin(consumer, endpoint)).isTrue();
    }

    @Test
    void commit_ofAPollInWhichFilesFailed_isOneTryThatFailed() {
        polls.begin(consumer, endpoint);
        polls.handleException("a.csv", null, new GenericFileOperationFailedException("Cannot retrieve file: a.csv"));
        polls.handleException("b.csv", null, new GenericFileOperationFailedException("Cannot retrieve file: b.csv"));
        polls.commit(consumer, endpoint, 2);

        assertThat(polls.trouble()).contains("Cannot retrieve file: b.csv (since 2026-03-01T10:00:00Z, 1 try)");
    }

    @Test
    void trouble_ofAStrangersException_quotesNothing() {
        polls.handleException(new IllegalStateException("row 7: rosebud"));

        assertThat(polls.trouble()).contains("IllegalStateException (since 2026-03-01T10:00:00Z, 1 try)");
    }
}
