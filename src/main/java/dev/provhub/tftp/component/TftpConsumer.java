package dev.provhub.tftp.component;

import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.server.TftpContent;
import dev.provhub.tftp.server.TftpReply;
import dev.provhub.tftp.server.TftpRequest;
import dev.provhub.tftp.server.TftpServer;
import dev.provhub.tftp.server.TftpWriteHandler;
import dev.provhub.tftp.server.TftpWriteReply;
import dev.provhub.tftp.server.TransferListener;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes an exchange of each read request, on Camel's own threads, and sends what the route has left in the body; and one of each
 * file that was written, if that is allowed.
 */
public class TftpConsumer extends DefaultConsumer implements Suspendable, HealthCheckAware {
    private static final Logger LOG = LoggerFactory.getLogger(TftpConsumer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TftpEndpoint endpoint;
    private @Nullable ExecutorService workers;
    private @Nullable TftpServer server;
    private @Nullable HealthCheck healthCheck;

    /** @param processor the route */
    public TftpConsumer(TftpEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        workers = newWorkers();
        server = TftpServer.start(
                endpoint.getConfiguration().settings(),
                this::read,
                endpoint.getConfiguration().isAllowWrite() ? new Writes() : null,
                listener());
    }

    /** One request waits for each transfer that there may be; the event loop never runs a route itself. */
    private ExecutorService newWorkers() {
        ExecutorServiceManager manager = getEndpoint().getCamelContext().getExecutorServiceManager();
        ThreadPoolProfile profile = manager.getDefaultThreadPoolProfile().clone();
        profile.setId("tftp");
        int threads = endpoint.getConfiguration().getPoolSize();
        if (threads > 0) {
            profile.setPoolSize(threads);
            profile.setMaxPoolSize(threads);
        }
        profile.setMaxQueueSize(endpoint.getConfiguration().getMaxTransfers());
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return manager.newThreadPool(this, "tftp", profile);
    }

    private TransferListener listener() {
        TransferListener own = endpoint.getConfiguration().getTransferListener();
        return own == null
                ? TftpConsumer::report
                : ended -> {
                    report(ended);
                    own.ended(ended);
                };
    }

    /** New requests are refused with error 0, transfers in flight go on. */
    @Override
    protected void doSuspend() throws Exception {
        super.doSuspend();
        if (server != null) {
            server.setRefusing(true);
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        if (server != null) {
            server.setRefusing(false);
        }
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

    /** Transfers in flight and requests that wait for their answer. */
    public int getInFlight() {
        return server == null ? 0 : server.inFlight();
    }

    /** Whether it listens. */
    public boolean isListening() {
        return server != null && server.isListening();
    }

    @Override
    public void setHealthCheck(HealthCheck healthCheck) {
        this.healthCheck = healthCheck;
    }

    @Override
    public HealthCheck getHealthCheck() {
        if (healthCheck == null) {
            healthCheck = new TftpHealthCheck(this, String.valueOf(getRouteId()));
        }
        return healthCheck;
    }

    private void read(TftpRequest request, TftpReply reply) {
        Exchange exchange = exchange(request);
        run(exchange, reply::isWanted, () -> answer(exchange, reply), () -> reply.refuse(TftpErrorCode.NOT_DEFINED));
    }

    private Exchange exchange(TftpRequest request) {
        Exchange exchange = createExchange(false);
        Message message = exchange.getIn();
        message.setHeader(TftpConstants.FILE_NAME, request.fileName());
        message.setHeader(TftpConstants.MODE, request.mode());
        message.setHeader(TftpConstants.REMOTE_ADDRESS, request.remote());
        message.setHeader(TftpConstants.LOCAL_ADDRESS, request.local());
        return exchange;
    }

    /**
     * Hands over to another thread.
     *
     * @param wanted whether the client still waits when a thread is there for it; else the route is not run
     */
    private void run(Exchange exchange, BooleanSupplier wanted, Runnable ended, Runnable notBegun) {
        ExecutorService pool = workers;
        try {
            if (pool == null) {
                throw new RejectedExecutionException("the consumer has stopped");
            }
            pool.execute(() -> {
                if (wanted.getAsBoolean()) {
                    process(exchange, ended, notBegun);
                } else {
                    LOG.debug("Request passed over, nobody waits for its answer any more");
                    releaseExchange(exchange, false);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("Request refused, all threads are busy");
            releaseExchange(exchange, false);
            notBegun.run();
        }
    }

    private void process(Exchange exchange, Runnable ended, Runnable notBegun) {
        try {
            createUoW(exchange);
        } catch (Exception e) {
            LOG.error("Exchange cannot be begun", e);
            notBegun.run();
            return;
        }
        getAsyncProcessor().process(exchange, doneSync -> {
            try {
                ended.run();
            } catch (RuntimeException e) {
                notBegun.run();
                getExceptionHandler().handleException("Answer cannot be sent", exchange, e);
            } finally {
                doneUoW(exchange);
                releaseExchange(exchange, false);
            }
        });
    }

    /** Why the route's answer is no file; null when it is one. */
    private static @Nullable TftpErrorCode refusal(Exchange exchange, TftpErrorCode ofNoBody) {
        Object code = exchange.getMessage().getHeader(TftpConstants.ERROR_CODE);
        if (exchange.isFailed() || exchange.isRollbackOnly()) {
            if (exchange.getException() instanceof TftpErrorException refused) {
                // What another server has refused is refused here for the same reason.
                return TftpErrorCode.of(refused.getCode());
            }
            LOG.error("Request failed in the route", exchange.getException());
            return TftpErrorCode.NOT_DEFINED;
        }
        if (code != null) {
            return code.equals(TftpErrorCode.BUSY.name())
                    ? TftpErrorCode.BUSY
                    : TftpErrorCode.of(exchange.getMessage().getHeader(TftpConstants.ERROR_CODE, -1, Integer.class));
        }
        return exchange.getMessage().getBody() == null ? ofNoBody : null;
    }

    private void answer(Exchange exchange, TftpReply reply) {
        Runnable afterwards = exchange.removeProperty(TftpConstants.WHEN_SENT) instanceof Runnable asked ? asked : null;
        TftpContent content = null;
        try {
            TftpErrorCode refusal = refusal(exchange, TftpErrorCode.FILE_NOT_FOUND);
            if (refusal == null) {
                content = content(exchange, exchange.getMessage().getBody());
                reply.send(afterwards == null ? content : content.andThen(afterwards));
            } else {
                reply.refuse(refusal);
            }
        } catch (IOException | NoTypeConversionAvailableException | TypeConversionException e) {
            reply.refuse(TftpErrorCode.NOT_DEFINED);
            getExceptionHandler().handleException("Answer cannot be sent", exchange, e);
        } finally {
            if (content == null && afterwards != null) {
                // There is no transfer whose end would run it.
                afterwards.run();
            }
        }
    }

    /** Files that clients write. */
    private final class Writes implements TftpWriteHandler {
        private final @Nullable TftpWriteFilter filter =
                endpoint.getConfiguration().getAcceptWrite();

        @Override
        public boolean accepts(TftpRequest request) {
            try {
                return filter == null || filter.accepts(request.fileName(), request.remote());
            } catch (RuntimeException e) {
                LOG.warn("Write filter failed remote={}", request.remote(), e);
                return false;
            }
        }

        @Override
        public void written(TftpRequest request, byte[] bytes, TftpWriteReply reply) {
            Exchange exchange = exchange(request);
            exchange.getIn().setHeader(TftpConstants.WRITE, true);
            exchange.getIn().setBody(bytes);
            run(
                    exchange,
                    reply::isWanted,
                    () -> answer(exchange, reply),
                    () -> reply.refuse(TftpErrorCode.NOT_DEFINED));
        }

        private static void answer(Exchange exchange, TftpWriteReply reply) {
            TftpErrorCode refusal = refusal(exchange, TftpErrorCode.ACCESS_VIOLATION);
            if (refusal != null) {
                reply.refuse(refusal);
            } else {
                reply.accept();
            }
        }
    }

    private static TftpContent content(Exchange exchange, Object body)
            throws IOException, NoTypeConversionAvailableException {
        TypeConverter converter = exchange.getContext().getTypeConverter();
        // Not tryConvertTo: a stream that breaks must not be converted once more, from where it broke
        TftpContent content = converter.convertTo(TftpContent.class, exchange, body);
        return content != null ? content : TftpContent.of(converter.mandatoryConvertTo(byte[].class, exchange, body));
    }

    private static void report(TransferListener.Report report) {
        // Writes in somebody else's name, which nobody goes on with, are no event
        boolean isEvent = !report.write() || report.outcome() == TransferListener.Outcome.COMPLETED;
        Level level = isEvent ? Level.INFO : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LOG.atLevel(level)
                .log(
                        "Transfer ended remote={} {}={} outcome={} bytes={} retransmissions={} ms={}",
                        report.remote(),
                        report.write() ? "written" : "file",
                        FileNames.forLog(report.fileName()),
                        report.outcome(),
                        report.bytes(),
                        report.retransmissions(),
                        report.duration().toMillis());
    }
}
