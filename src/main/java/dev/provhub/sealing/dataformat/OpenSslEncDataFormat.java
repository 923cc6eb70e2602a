package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.KeyDigest;
import dev.provhub.sealing.OpenSslContainer;
import dev.provhub.sealing.UnsealingException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Data format {@code opensslEnc}: AES-256-CBC as {@code openssl enc} writes it. The pass phrase is the exchange property
 * {@code hubSealingKey}, taken as it stands; the digest is {@code hubSealingDigest} ({@code md5} or {@code sha256}), else the
 * option {@code digest}. Without a pass phrase it fails: nothing passes in clear.
 */
@Dataformat("opensslEnc")
@Metadata(
        label = "bean",
        description = "Seals and opens AES-256-CBC as openssl enc writes it",
        annotations = "interfaceName=org.apache.camel.spi.DataFormat")
public final class OpenSslEncDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private final SecureRandom random = new SecureRandom();

    @Metadata(
            description = "How the key is made from the pass phrase where the exchange does not say",
            enums = "md5,sha256",
            defaultValue = "md5")
    private String digest = "md5";

    /** For Camel, which sets the options. */
    public OpenSslEncDataFormat() {}

    /** How the key is made from the pass phrase where the exchange does not say. */
    public String getDigest() {
        return digest;
    }

    /** Sets how the key is made from the pass phrase where the exchange does not say: {@code md5} or {@code sha256}. */
    public void setDigest(String digest) {
        this.digest = SealingProperties.digest(digest).name();
    }

    @Override
    public String getDataFormatName() {
        return "opensslEnc";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        String key = SealingProperties.key(exchange, "opensslEnc");
        stream.write(OpenSslContainer.seal(Bodies.bytes(exchange, graph), key, digestOf(exchange), random));
    }

    /** @throws UnsealingException when the body is not whole, or was sealed with another pass phrase or digest */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        String key = SealingProperties.key(exchange, "opensslEnc");
        return OpenSslContainer.open(stream.readAllBytes(), key, digestOf(exchange));
    }

    private KeyDigest digestOf(Exchange exchange) {
        return SealingProperties.digest(exchange.getProperty(SealingProperties.DIGEST, digest, String.class));
    }
}
