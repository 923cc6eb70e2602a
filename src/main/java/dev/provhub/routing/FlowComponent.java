package dev.provhub.routing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Stands for Camel's {@code direct}, and for {@code flow}, by which a listener hands over. Producers go through the one table of
 * the hub; consumers wait until they are put into it.
 */
final class FlowComponent extends DirectComponent {
    /** The scheme by which a listener hands over to the steps of its route. */
    static final String LISTENER = "flow";

    private final Flows flows;
    private final Map<String, DirectConsumer> consumers = new ConcurrentHashMap<>();

    FlowComponent(Flows flows) {
        this.flows = flows;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        FlowEndpoint endpoint = new FlowEndpoint(uri, this);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public void addConsumer(String key, DirectConsumer consumer) {
        consumers.put(name(key), consumer);
    }

    @Override
    public void removeConsumer(String key, DirectConsumer consumer) {
        consumers.remove(name(key), consumer);
    }

    /** What was started, by the key under which it is called. */
    Map<String, DirectConsumer> consumers() {
        return consumers;
    }

    private static String name(String uri) {
        String key = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        return key.replace("://", ":");
    }

    /** An endpoint whose producer asks the table. */
    private static final class FlowEndpoint extends DirectEndpoint {
        private final FlowComponent component;

        FlowEndpoint(String uri, FlowComponent component) {
            super(uri, component);
            this.component = component;
        }

        @Override
        public Producer createProducer() {
            return new FlowProducer(this, component.flows, name(getEndpointUri()));
        }
    }

    /** Hands over. */
    private static final class FlowProducer extends DefaultAsyncProducer {
        private final Flows flows;
        private final String key;
        private final boolean isEntry;

        FlowProducer(FlowEndpoint endpoint, Flows flows, String key) {
            super(endpoint);
            this.flows = flows;
            this.key = key;
            this.isEntry = key.startsWith(LISTENER + ":");
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return flows.process(key, isEntry, exchange, callback);
        }
    }
}
