package dev.provhub.emulator.transport;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Fetches files as one phone does. Blocks the calling thread; {@link #close()} from another thread ends what runs.
 */
public final class Fetcher implements Closeable {
    /** Not documented; Appendix A of the protocol reference chooses 5. */
    private static final int MOST_REDIRECTS = 5;
    /** Section 5.3: at most two tries with credentials. */
    private static final int MOST_LOGINS = 2;

    private final PhoneNetwork network;
    private final PhoneTls tls;

    /**
     * A fetcher of its own for each phone.
     *
     * @param via      where connections go instead of where the URLs say
     * @param timeouts in real time
     */
    public Fetcher(PhoneTls tls, ConnectVia via, NetworkTimeouts timeouts) {
        this.tls = tls;
        this.network = new PhoneNetwork(via, timeouts);
    }

    /** Gets one file. Never throws for what the network or the server does. */
    public FetchResult fetch(FetchRequest request, ServerName serverName) {
        try {
            return request.url().scheme() == Scheme.TFTP
                    ? new TftpTransfer(network).fetch(request)
                    : overHttp(request, new HttpTransfer(network, tls, serverName));
        } catch (SSLException e) {
            return new FetchResult.Failed("https_get failed: " + e.getMessage());
        } catch (IOException e) {
            return new FetchResult.Failed(request.url().scheme().text() + "_get failed: " + text(e));
        }
    }

    private static String text(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static FetchResult overHttp(FetchRequest first, HttpTransfer http) throws IOException {
        FetchRequest request = first;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpResponse response = withLogin(request, http);
            int status = response.status();
            if (status != 301 && status != 302) {
                return result(request.url(), response);
            }
            Optional<PhoneUrl> next = response.header("Location").flatMap(new Location(request.url())::resolve);
            if (next.isEmpty()) {
                return new FetchResult.Failed("http_get failed: status " + status + " without a usable Location");
            }
            request = request.at(next.get());
        }
        return new FetchResult.Failed("http_get failed: more than " + MOST_REDIRECTS + " redirects");
    }

    private static HttpResponse withLogin(FetchRequest request, HttpTransfer http) throws IOException {
        HttpResponse response = http.exchange(request, false);
        for (int tries = 0; request.login().isPresent() && response.status() == 401 && tries < MOST_LOGINS; tries++) {
            response = http.exchange(request, true);
        }
        return response;
    }

    private static FetchResult result(PhoneUrl url, HttpResponse response) {
        if (response.status() == 200) {
            return new FetchResult.Body(
                    response.body(), response.header("Content-Encoding").orElse(""), url);
        }
        return response.status() == 404
                ? new FetchResult.NotFound()
                : new FetchResult.Failed("http_get failed: status " + response.status());
    }

    /** Pulls the plug: what runs fails, and nothing can be fetched afterwards. */
    @Override
    public void close() {
        network.connections().closeAll();
    }
}
