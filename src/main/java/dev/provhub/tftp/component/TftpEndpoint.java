package dev.provhub.tftp.component;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Serve, take, get and put files over TFTP (RFC 1350, with the options of RFC 2347 to 2349 and 7440).
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "tftp",
        title = "TFTP",
        syntax = "tftp:host:port/file",
        remote = true,
        category = {Category.NETWORKING, Category.FILE},
        headersClass = TftpConstants.class)
public class TftpEndpoint extends DefaultEndpoint implements EndpointServiceLocation {
    @UriParam
    private TftpConfiguration configuration;

    /** @param uri as it stands in the route */
    public TftpEndpoint(String uri, TftpComponent component, TftpConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
        setExchangePattern(ExchangePattern.InOut);
    }

    @Override
    public String getServiceUrl() {
        return configuration.getHost() + ":" + configuration.getPort();
    }

    @Override
    public String getServiceProtocol() {
        return "tftp";
    }

    @Override
    public Producer createProducer() {
        return new TftpProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        TftpConsumer consumer = new TftpConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    public TftpConfiguration getConfiguration() {
        return configuration;
    }

    /** The endpoint's options. */
    public void setConfiguration(TftpConfiguration configuration) {
        this.configuration = configuration;
    }
}
