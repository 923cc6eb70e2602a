package dev.provhub.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HubMetricsTest {
    /** What is not held is collected at the same time as a thing that nobody has. */
    @Test
    void counter_afterGarbageWasCollected_goesOn() {
        AtomicLong lost = new AtomicLong(1);
        try (HubMetrics metrics = new HubMetrics()) {
            metrics.counter("hub.test.lost", "For this test", lost::get);
            WeakReference<Object> collected = new WeakReference<>(new Object());
            await().until(() -> {
                System.gc();
                return collected.get() == null;
            });
            lost.set(7);

            assertThat(metrics.scrape()).contains("hub_test_lost_total 7.0");
        }
    }
}
