package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.Gzip;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.spi.annotations.Dataformat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's data format {@code gzipDeflater}, which route files write as {@code gzipDeflater: {}}. The artifact that holds Camel's
 * own (camel-zip-deflater) cannot be had in our version; when it can, this class goes and no route changes. The same bytes in
 * give the same bytes out.
 */
@Dataformat("gzipDeflater")
public final class GzipDeflaterDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private static final int LARGEST_PLAIN_BYTES = 16 * 1024 * 1024;

    /** For Camel. */
    public GzipDeflaterDataFormat() {}

    @Override
    public String getDataFormatName() {
        return "gzipDeflater";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        stream.write(Gzip.compress(Bodies.bytes(exchange, graph)));
    }

    /** @throws dev.provhub.sealing.UnsealingException when it is no gzip, is cut off, or holds more than 16 MiB */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return Gzip.decompress(stream.readAllBytes(), LARGEST_PLAIN_BYTES);
    }
}
