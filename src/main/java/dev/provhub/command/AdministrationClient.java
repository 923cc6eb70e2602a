package dev.provhub.command;

import dev.provhub.config.HubConfig;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.pki.ClientTrust;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Asks the administration interface of a running hub on this machine. Over TLS it trusts the hub's development CA, and the
 * certificate that the settings name.
 */
final class AdministrationClient {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofHours(12);

    private final HttpClient http;
    private final String base;
    private final String token;

    /** @param token by which it asks */
    AdministrationClient(HubConfig config, String token) {
        this.base = config.apiUrl();
        this.http = client(config);
        this.token = token;
    }

    private static HttpClient client(HubConfig config) {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        HubConfig.ApiTls tls = config.protection().apiTls();
        if (tls.isOn()) {
            client.sslContext(
                    tls.development()
                            ? ClientTrust.authority(config.folders().data().resolve("certs/ca.crt"))
                            : ClientTrust.server(Path.of(tls.certificate())));
        }
        return client.build();
    }

    /** Whether a hub serves where the settings say; needs no token. */
    static boolean isAnswered(HubConfig config) {
        if (config.listeners().api().port() == 0) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(config.apiUrl() + "/health/live"))
                .timeout(LIMIT)
                .build();
        try {
            return client(config)
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException | dev.provhub.pki.PkiException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Status and body of an answer. */
    record Answer(int status, String body) {}

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, String contentType, byte[] body) {
        return send(
                request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer put(String path, String contentType, byte[] body) {
        return send(
                request(path).header("Content-Type", contentType).PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer patch(String path, String contentType, byte[] body) {
        return send(request(path)
                .header("Content-Type", contentType)
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A file of any size by POST, and what is answered into another one that is there already; else as {@link #download}. */
    Answer upload(String path, String contentType, Path file, Path result) throws IOException {
        return intoFile(
                request(path)
                        .header("Content-Type", contentType)
                        .timeout(DOWNLOAD_LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofFile(file)),
                result);
    }

    /**
     * A file of any size by POST, whose way is told.
     *
     * @param sent hears how many bytes have left so far
     */
    Answer upload(String path, String contentType, Path file, LongConsumer sent) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalConfigurationException(file + " cannot be read");
        }
        long length = Files.size(file);
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofInputStream(() -> {
            try {
                return new Told(Files.newInputStream(file), sent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return send(request(path)
                .header("Content-Type", contentType)
                .timeout(DOWNLOAD_LIMIT)
                .POST(
                        length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.fromPublisher(body, length)));
    }

    /** Tells how much of a stream has been read. */
    private static final class Told extends FilterInputStream {
        private final LongConsumer sent;
        private long count;

        Told(InputStream in, LongConsumer sent) {
            super(in);
            this.sent = sent;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(read, 0);
            sent.accept(count);
            return read;
        }
    }

    /** The body of a GET into a file that is there already; the answer's body is then empty unless it was refused. */
    Answer download(String path, Path file) throws IOException {
        return intoFile(request(path).timeout(DOWNLOAD_LIMIT).GET(), file);
    }

    private Answer intoFile(HttpRequest.Builder request, Path file) throws IOException {
        HttpResponse<Path> response = exchange(request, HttpResponse.BodyHandlers.ofFile(file));
        boolean refused = response.statusCode() != 200;
        return new Answer(response.statusCode(), refused ? Files.readString(file) : "");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (javax.net.ssl.SSLException e) {
            throw new IllegalConfigurationException(
                    "the hub at " + base + " does not show the certificate that hub.api.tls says: " + e.getMessage());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IllegalConfigurationException(
                    "no hub answers at " + base + " (hub.api.host, hub.api.port): start it with ./hub run");
        } catch (HttpTimeoutException e) {
            throw new IllegalConfigurationException("the hub at " + base + " does not answer in time");
        } catch (IOException e) {
            throw new IllegalConfigurationException(
                    "the hub at " + base + " ended the connection before it had answered; its log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
