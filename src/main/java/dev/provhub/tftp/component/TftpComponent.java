package dev.provhub.tftp.component;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Serves and takes files over TFTP in Camel routes, and gets and puts them at other servers. */
@Component("tftp")
public class TftpComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        String place = slash < 0 ? remaining : remaining.substring(0, slash);
        int colon = place.lastIndexOf(':');
        if (colon <= 0 || place.endsWith("]")) {
            throw new IllegalArgumentException("tftp:" + place + " names no port; the form is tftp:host:port/file");
        }
        TftpConfiguration configuration = new TftpConfiguration();
        configuration.setHost(place.substring(0, colon));
        configuration.setPort(
                getCamelContext().getTypeConverter().mandatoryConvertTo(Integer.class, place.substring(colon + 1)));
        if (slash >= 0 && slash + 1 < remaining.length()) {
            configuration.setFile(remaining.substring(slash + 1));
        }
        TftpEndpoint endpoint = new TftpEndpoint(uri, this, configuration);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
