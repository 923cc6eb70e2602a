package dev.provhub.tftp.component;

import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.server.TftpContent;
import dev.provhub.tftp.server.TftpReply;
import dev.provhub.tftp.server.TftpRequest;
import dev.provhub.tftp.server.TftpServer;
import dev.provhub.tftp.server.TransferListener;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an exchange of each read request, on Camel's own threads, and sends what the route has left in the body. */
public class TftpConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TftpConsumer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TftpEndpoint endpoint;
    private @Nullable ExecutorService workers;
    private @Nullable TftpServer server;

    /** @param processor the route */
    public TftpConsumer(TftpEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newDefaultThreadPool(this, "tftp");
        server = TftpServer.start(endpoint.getConfiguration().settings(), this::take, TftpConsumer::report);
    }

    @Override
    protected void doStop() throws Exception {
        if (server != null) {
            server.close(PATIENCE);
            server = null;
        }
        if (workers != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
            workers = null;
        }
        super.doStop();
    }

    /** The port that was bound; 0 while it is stopped. */
    public int getBoundPort() {
        return server == null ? 0 : server.port();
    }

    private void take(TftpRequest request, TftpReply reply) {
        ExecutorService pool = workers;
        if (pool == null) {
            reply.refuse(TftpErrorCode.NOT_DEFINED);
            return;
        }
        try {
            pool.execute(() -> process(request, reply));
        } catch (RejectedExecutionException e) {
            LOG.warn("Request refused, all threads are busy remote={}", request.remote());
            reply.refuse(TftpErrorCode.NOT_DEFINED);
        }
    }

    private void process(TftpRequest request, TftpReply reply) {
        Exchange exchange = createExchange(false);
        exchange.setPattern(ExchangePattern.InOut);
        Message message = exchange.getIn();
        message.setHeader(TftpConstants.FILE_NAME, request.fileName());
        message.setHeader(TftpConstants.MODE, request.mode());
        message.setHeader(TftpConstants.REMOTE_ADDRESS, request.remote());
        message.setHeader(TftpConstants.LOCAL_ADDRESS, request.local());
        try {
            createUoW(exchange);
        } catch (Exception e) {
            LOG.error("Exchange cannot be begun remote={}", request.remote(), e);
            reply.refuse(TftpErrorCode.NOT_DEFINED);
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                answer(exchange, reply);
            } finally {
                doneUoW(exchange);
                releaseExchange(exchange, false);
            }
        });
    }

    private static void answer(Exchange exchange, TftpReply reply) {
        Integer code = exchange.getMessage().getHeader(TftpConstants.ERROR_CODE, Integer.class);
        Object body = exchange.getMessage().getBody();
        if (exchange.isFailed()) {
            LOG.error("Request failed in the route", exchange.getException());
            reply.refuse(TftpErrorCode.NOT_DEFINED);
        } else if (code != null) {
            reply.refuse(TftpErrorCode.of(code));
        } else if (body == null) {
            reply.refuse(TftpErrorCode.FILE_NOT_FOUND);
        } else {
            send(exchange, body, reply);
        }
    }

    private static void send(Exchange exchange, Object body, TftpReply reply) {
        try {
            reply.send(content(exchange, body));
        } catch (IOException | NoTypeConversionAvailableException e) {
            LOG.error("Answer cannot be sent", e);
            reply.refuse(TftpErrorCode.NOT_DEFINED);
        }
    }

    private static TftpContent content(Exchange exchange, Object body)
            throws IOException, NoTypeConversionAvailableException {
        if (body instanceof File file) {
            return TftpContent.of(file.toPath());
        }
        if (body instanceof Path file) {
            return TftpContent.of(file);
        }
        return TftpContent.of(
                exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, body));
    }

    private static void report(TransferListener.Report report) {
        LOG.info(
                "Transfer ended remote={} file={} outcome={} bytes={} retransmissions={} ms={}",
                report.remote(),
                FileNames.forLog(report.fileName()),
                report.outcome(),
                report.bytes(),
                report.retransmissions(),
                report.duration().toMillis());
    }
}
