package dev.provhub.routing;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The properties of an exchange as a map that can be written: {@code properties.hubKind = 'nothing'} in a script. */
final class ExchangeProperties extends AbstractMap<String, Object> {
    private final Exchange exchange;

    ExchangeProperties(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public @Nullable Object get(Object key) {
        return exchange.getProperty(String.valueOf(key));
    }

    @Override
    public @Nullable Object put(String key, @Nullable Object value) {
        Object before = exchange.getProperty(key);
        if (value == null) {
            exchange.removeProperty(key);
        } else {
            exchange.setProperty(key, value);
        }
        return before;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return exchange.getProperties().entrySet();
    }
}
