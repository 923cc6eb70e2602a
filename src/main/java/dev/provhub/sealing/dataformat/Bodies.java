package dev.provhub.sealing.dataformat;

import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;

/** Reads what is to be sealed. */
final class Bodies {
    private Bodies() {}

    static byte[] bytes(Exchange exchange, Object graph) throws NoTypeConversionAvailableException {
        return exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, graph);
    }
}
