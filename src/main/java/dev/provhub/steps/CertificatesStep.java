package dev.provhub.steps;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/** Step {@code certificates}: the CA files that phones may fetch, by name. */
public final class CertificatesStep {
    private final Map<String, byte[]> authorities;

    /** @param authorities PEM bytes by name in lower case, without {@code .pem} */
    public CertificatesStep(Map<String, byte[]> authorities) {
        this.authorities = Map.copyOf(authorities);
    }

    /** From {@code hubFile} to PEM as the body, or to no body. */
    public void read(Exchange exchange) {
        String name = HubExchange.required(exchange, HubExchange.FILE, String.class);
        byte[] pem = authorities.get(name.toLowerCase(Locale.ROOT));
        exchange.setProperty(HubExchange.OUTCOME, pem != null ? "answered" : "not found");
        if (pem != null) {
            exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-pem-file");
            exchange.getMessage().setBody(pem);
        }
    }
}
