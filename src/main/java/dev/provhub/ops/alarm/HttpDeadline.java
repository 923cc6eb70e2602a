package dev.provhub.ops.alarm;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends a request of the component {@code http} that takes too long in all, its answer among it: the component's own limits start
 * anew with each byte. For the endpoint's option {@code httpClientConfigurer}; thread-safe.
 */
public final class HttpDeadline implements HttpClientConfigurer, AutoCloseable {
    private final Duration most;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "http-deadline");
        thread.setDaemon(true);
        return thread;
    });

    /** @param most from before the connection is there to after the last byte of the answer */
    public HttpDeadline(Duration most) {
        this.most = most;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.addExecInterceptorFirst("deadline", (request, scope, chain) -> {
            // One that has ended by then has let go of its connection, and nothing is cancelled
            if (scope.execRuntime instanceof Cancellable running) {
                timer.schedule(running::cancel, most.toMillis(), TimeUnit.MILLISECONDS);
            }
            return chain.proceed(request, scope);
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
