package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.Aes128Gcm;
import dev.provhub.sealing.UnsealingException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Data format {@code aes128gcm}: RFC 8188, with the keying material in the exchange property {@code hubSealingKey}, written
 * as base64url. Without it, it fails: nothing passes in clear. The sender of the body must also send
 * {@code Content-Encoding: aes128gcm}.
 */
@Dataformat("aes128gcm")
@Metadata(
        label = "bean",
        description = "Seals and opens the content encoding aes128gcm of RFC 8188",
        annotations = "interfaceName=org.apache.camel.spi.DataFormat")
public final class Aes128GcmDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private final SecureRandom random = new SecureRandom();

    @Metadata(description = "Bytes of a record, 18 or more", defaultValue = "4096")
    private int recordSize = Aes128Gcm.DEFAULT_RECORD_BYTES;

    @Metadata(description = "Tells the receiver which secret it is; 0 to 255 bytes, empty where there is only one")
    private String keyId = "";

    /** For Camel, which sets the options. */
    public Aes128GcmDataFormat() {}

    /** Bytes of a record, 18 or more. */
    public int getRecordSize() {
        return recordSize;
    }

    /** Sets the bytes of a record, 18 or more. */
    public void setRecordSize(int recordSize) {
        this.recordSize = recordSize;
    }

    /** Tells the receiver which secret it is. */
    public String getKeyId() {
        return keyId;
    }

    /** Sets what tells the receiver which secret it is; 0 to 255 bytes. */
    public void setKeyId(String keyId) {
        this.keyId = keyId;
    }

    @Override
    public String getDataFormatName() {
        return "aes128gcm";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        byte[] plain = Bodies.bytes(exchange, graph);
        stream.write(Aes128Gcm.seal(plain, keyingMaterial(exchange), keyId, recordSize, random));
    }

    /** @throws UnsealingException when the body is not whole, was changed, or was sealed with another secret */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return Aes128Gcm.open(stream.readAllBytes(), keyingMaterial(exchange));
    }

    private static byte[] keyingMaterial(Exchange exchange) {
        String text = SealingProperties.key(exchange, "aes128gcm");
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Not the cause: it quotes the secret
            throw new IllegalStateException(
                    "the exchange property " + SealingProperties.KEY + " is not base64url, as aes128gcm needs it");
        }
    }
}
