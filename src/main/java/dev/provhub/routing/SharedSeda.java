package dev.provhub.routing;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.QueueReference;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaEndpoint;
import org.jspecify.annotations.Nullable;

/** Camel's {@code seda} with the queues of the whole hub: who puts something in and who takes it out are in different contexts. */
final class SharedSeda extends SedaComponent {
    private final Map<String, QueueReference> queues;

    /** @param queues of all such components of a hub */
    SharedSeda(Map<String, QueueReference> queues) {
        this.queues = queues;
    }

    @Override
    public Map<String, QueueReference> getQueues() {
        return queues;
    }

    @Override
    public @Nullable QueueReference getQueueReference(String key) {
        return queues.get(key);
    }

    @Override
    public QueueReference getOrCreateQueue(
            SedaEndpoint endpoint, Integer size, Boolean multipleConsumers, BlockingQueueFactory<Exchange> factory) {
        synchronized (queues) {
            return super.getOrCreateQueue(endpoint, size, multipleConsumers, factory);
        }
    }

    @Override
    public QueueReference registerQueue(SedaEndpoint endpoint, BlockingQueue<Exchange> queue) {
        synchronized (queues) {
            return super.registerQueue(endpoint, queue);
        }
    }
}
