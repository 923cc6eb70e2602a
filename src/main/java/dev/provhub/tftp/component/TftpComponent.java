package dev.provhub.tftp.component;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Serves files over TFTP from Camel routes. */
@Component("tftp")
public class TftpComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int colon = remaining.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("tftp:" + remaining + " names no port; the form is tftp:host:port");
        }
        TftpConfiguration configuration = new TftpConfiguration();
        configuration.setHost(remaining.substring(0, colon));
        configuration.setPort(
                getCamelContext().getTypeConverter().mandatoryConvertTo(Integer.class, remaining.substring(colon + 1)));
        TftpEndpoint endpoint = new TftpEndpoint(uri, this, configuration);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
