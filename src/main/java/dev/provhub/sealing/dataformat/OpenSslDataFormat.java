package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.KeyDigest;
import dev.provhub.sealing.OpenSslContainer;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Data format {@code opensslEnc}: AES-256-CBC as {@code openssl enc} writes it, with the key and digest of
 * {@link SealingProperties}. Without them it fails: nothing passes in clear.
 */
public final class OpenSslDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private final SecureRandom random;

    /** @param random gives the salts; thread-safe */
    public OpenSslDataFormat(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String getDataFormatName() {
        return "opensslEnc";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        byte[] plain = Bodies.bytes(exchange, graph);
        stream.write(OpenSslContainer.seal(plain, key(exchange), digest(exchange), random));
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return OpenSslContainer.open(stream.readAllBytes(), key(exchange), digest(exchange));
    }

    private static String key(Exchange exchange) {
        return required(exchange, SealingProperties.KEY, String.class);
    }

    private static KeyDigest digest(Exchange exchange) {
        return required(exchange, SealingProperties.DIGEST, KeyDigest.class);
    }

    private static <T> T required(Exchange exchange, String name, Class<T> type) {
        T value = exchange.getProperty(name, type);
        if (value == null) {
            throw new IllegalStateException("opensslEnc needs the exchange property " + name);
        }
        return value;
    }
}
