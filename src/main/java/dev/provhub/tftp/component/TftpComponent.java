package dev.provhub.tftp.component;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Serves and takes files over TFTP in Camel routes, and gets and puts them at other servers. */
@Component("tftp")
public class TftpComponent extends DefaultComponent {
    /** RFC 3617 puts the mode behind the name; "mail" is obsolete. */
    private static final String MODE = ";mode=";

    @Metadata(description = "Options that every endpoint begins with; those of its URI come on top.")
    private @Nullable TftpConfiguration configuration;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        int slash = remaining.indexOf('/');
        TftpConfiguration own = configuration == null ? new TftpConfiguration() : configuration.copy();
        place(slash < 0 ? remaining : remaining.substring(0, slash), own);
        if (slash >= 0 && slash + 1 < remaining.length()) {
            file(remaining.substring(slash + 1), own);
        }
        TftpEndpoint endpoint = new TftpEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Host, port or both; a colon inside of brackets belongs to an IPv6 address. */
    private void place(String place, TftpConfiguration into) throws NoTypeConversionAvailableException {
        int colon = place.lastIndexOf(':');
        boolean port = colon > place.lastIndexOf(']');
        String host = port ? place.substring(0, colon) : place;
        if (!host.isEmpty()) {
            into.setHost(host);
        }
        if (port) {
            into.setPort(
                    getCamelContext().getTypeConverter().mandatoryConvertTo(Integer.class, place.substring(colon + 1)));
        }
    }

    private static void file(String file, TftpConfiguration into) {
        int mode = file.toLowerCase(Locale.ROOT).lastIndexOf(MODE);
        into.setFile(mode < 0 ? file : file.substring(0, mode));
        if (mode >= 0) {
            into.setMode(file.substring(mode + MODE.length()).toLowerCase(Locale.ROOT));
        }
    }

    public @Nullable TftpConfiguration getConfiguration() {
        return configuration;
    }

    /** Options that every endpoint begins with; those of its URI come on top. */
    public void setConfiguration(@Nullable TftpConfiguration configuration) {
        this.configuration = configuration;
    }
}
