package dev.provhub.emulator.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;

/**
 * One TFTP read: octet, blocks of 512 bytes, the path with its leading slash. Commons Net's client does it, so that the phone
 * shares nothing with the server. It takes answers from a new port alone (RFC 1350, section 4), and waits for the server to
 * send again what was lost: it never repeats a packet itself.
 */
final class TftpTransfer {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final int SILENCES = 5;
    /** How Commons Net begins its message for error 1. */
    private static final String FILE_NOT_FOUND = "Error code 1 ";

    private final PhoneNetwork network;

    TftpTransfer(PhoneNetwork network) {
        this.network = network;
    }

    FetchResult fetch(FetchRequest request) throws IOException {
        PhoneUrl url = request.url();
        IOException last = new UnknownHostException(url.host() + " has no IPv4 address");
        for (InetSocketAddress server : network.addresses(url.host(), url.port())) {
            try {
                Optional<byte[]> file = read(url.path(), server, request.maxBytes());
                return file.isPresent() ? new FetchResult.Body(file.get(), "", url) : new FetchResult.NotFound();
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private Optional<byte[]> read(String path, InetSocketAddress server, int maxBytes) throws IOException {
        TFTPClient client = new TFTPClient();
        client.setMaxTimeouts(SILENCES);
        client.setDefaultTimeout(shorter(SILENCE, network.timeouts().read()));
        client.open();
        Closeable connection = client::close;
        try {
            network.connections().add(connection);
            LimitedFile file = new LimitedFile(maxBytes);
            client.receiveFile(path, TFTP.BINARY_MODE, file, server.getAddress(), server.getPort());
            return Optional.of(file.toByteArray());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(FILE_NOT_FOUND)) {
                return Optional.empty();
            }
            if (String.valueOf(e.getMessage()).startsWith("Connection timed out")) {
                throw new SocketTimeoutException("no answer");
            }
            throw e;
        } finally {
            network.connections().close(connection);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A phone's memory is not endless. */
    private static final class LimitedFile extends ByteArrayOutputStream {
        private final int maxBytes;

        LimitedFile(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() + length > maxBytes) {
                throw new UncheckedIOException(new IOException("file is larger than " + maxBytes + " bytes"));
            }
            super.write(bytes, offset, length);
        }
    }
}
