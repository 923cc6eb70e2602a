package dev.provhub.sealing.dataformat;

import dev.provhub.sealing.Gzip;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;

/** Data format {@code gzip}: bytes in the gzip container, the same for the same input. */
public final class GzipDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    private static final int LARGEST_PLAIN_BYTES = 16 * 1024 * 1024;

    @Override
    public String getDataFormatName() {
        return "gzip";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        stream.write(Gzip.compress(Bodies.bytes(exchange, graph)));
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) throws Exception {
        return Gzip.decompress(stream.readAllBytes(), LARGEST_PLAIN_BYTES);
    }
}
