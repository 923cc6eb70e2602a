package dev.provhub.steps;

import dev.provhub.profile.FlatProfileWriter;
import dev.provhub.profile.Profile;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.service.ServiceSupport;

/** Data format {@code flatProfile}: a composed profile as the phones' XML. Writing only. */
public final class FlatProfileDataFormat extends ServiceSupport implements DataFormat, DataFormatName {
    @Override
    public String getDataFormatName() {
        return "flatProfile";
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
        Profile profile = exchange.getContext().getTypeConverter().mandatoryConvertTo(Profile.class, exchange, graph);
        stream.write(FlatProfileWriter.write(profile));
    }

    /** @throws UnsupportedOperationException always: the hub never reads a profile back */
    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException("flatProfile is written, not read");
    }
}
