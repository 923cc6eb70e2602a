package dev.provhub.emulator;

import dev.provhub.emulator.transport.FetchRequest;
import dev.provhub.emulator.transport.FetchResult;
import dev.provhub.emulator.transport.Fetcher;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.transport.ServerName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Fetches what the phone's parameters allow, with its User-Agent, and tells of it. What comes is handed to the phone's own
 * jobs, one after the other.
 */
final class Downloads {
    private final PhoneModel model;
    private final PhoneMemory memory;
    private final PhoneFacts facts;
    private final Fetcher fetcher;
    private final OneAtATime jobs;
    private final Consumer<PhoneEvent> events;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    Downloads(
            PhoneModel model,
            PhoneMemory memory,
            PhoneFacts facts,
            Fetcher fetcher,
            OneAtATime jobs,
            Consumer<PhoneEvent> events) {
        this.model = model;
        this.memory = memory;
        this.facts = facts;
        this.fetcher = fetcher;
        this.jobs = jobs;
        this.events = events;
    }

    /** Begins a request with this phone's User-Agent. */
    FetchRequest request(PhoneUrl url, int maxBytes) {
        return FetchRequest.get(url, facts.userAgent(), maxBytes);
    }

    /** Gets a file, or posts for it. */
    void fetch(FetchRequest request, String why, Consumer<FetchResult> then) {
        start(request, why, then, () -> fetcher.fetch(request, serverName()));
    }

    /** Sends a file. */
    void send(FetchRequest request, String why, Consumer<FetchResult> then) {
        start(request, why, then, () -> fetcher.send(request, serverName()));
    }

    @FunctionalInterface
    private interface Work {
        CompletableFuture<FetchResult> begin();
    }

    private void start(FetchRequest request, String why, Consumer<FetchResult> then, Work work) {
        PhoneUrl url = request.url();
        if (closed) {
            return;
        }
        if (!isAllowed(url.host())) {
            then.accept(new FetchResult.Failed(url.host() + " is not in Restricted_Access_Domains"));
            return;
        }
        running.incrementAndGet();
        memory.transferBegins(url);
        events.accept(new PhoneEvent.Requested(url.masked(), why));
        long begun = System.nanoTime();
        work.begin()
                .thenAccept(result -> jobs.run(() -> {
                    try {
                        events.accept(answered(why, url, result, Duration.ofNanos(System.nanoTime() - begun)));
                        then.accept(result);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
    }

    private static PhoneEvent answered(String why, PhoneUrl url, FetchResult result, Duration took) {
        if (result instanceof FetchResult.Body body) {
            return new PhoneEvent.Answered(why, url.scheme(), body.length(), "", took);
        }
        String error = result instanceof FetchResult.Failed failed ? failed.reason() : "file not found";
        return new PhoneEvent.Answered(why, url.scheme(), 0, error, took);
    }

    /** Begins nothing more, whatever came before. */
    void close() {
        closed = true;
    }

    /** Whether anything is on its way, or is being looked at. */
    boolean isBusy() {
        return running.get() > 0;
    }

    /** Up to five domains; a host in one of them, or one of them itself, may be asked. */
    private boolean isAllowed(String host) {
        String domains = memory.parameters().get("Restricted_Access_Domains").strip();
        String wanted = host.toLowerCase(Locale.ROOT);
        return domains.isEmpty()
                || Arrays.stream(domains.toLowerCase(Locale.ROOT).split(",", -1))
                        .map(String::strip)
                        .limit(5)
                        .filter(domain -> !domain.isEmpty())
                        .anyMatch(domain -> wanted.equals(domain) || wanted.endsWith("." + domain));
    }

    private ServerName serverName() {
        boolean unchecked =
                model.knows("HTTPS_Name_Validate") && !memory.parameters().isYes("HTTPS_Name_Validate");
        return unchecked ? ServerName.UNCHECKED : model.family().security().serverName();
    }
}
