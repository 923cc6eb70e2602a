package dev.provhub.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.commons.net.tftp.TFTP;
import org.apache.commons.net.tftp.TFTPClient;

/** TFTP reads, octet mode; the file name keeps its leading slash (protocol section 3.4). Thread-safe. */
final class TftpTransport implements Transport {

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final int SILENCES = 4;

    private final ConnectVia connectVia;

    TftpTransport(ConnectVia connectVia) {
        this.connectVia = connectVia;
    }

    @Override
    public Fetched get(PhoneUrl url, String userAgent, OpenSocket sockets) throws FetchException, IOException {
        InetSocketAddress server = connectVia.address(url.address(), url.port());
        if (server.isUnresolved()) {
            throw new UnknownHostException(url.host());
        }
        TFTPClient client = new TFTPClient();
        client.setDefaultTimeout(SILENCE);
        client.setMaxTimeouts(SILENCES);
        client.open();
        sockets.opened(client);
        LimitedBuffer body = new LimitedBuffer();
        try {
            client.receiveFile(url.path(), TFTP.BINARY_MODE, body, server.getAddress(), server.getPort());
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith("Error code 1 ")) {
                throw FetchException.noSuchFile();
            }
            throw e;
        } finally {
            client.close();
        }
        return new Fetched(url, body.bytes.toByteArray(), null);
    }

    private static final class LimitedBuffer extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (bytes.size() + length > MAX_BODY_BYTES) {
                throw new IOException("file is longer than " + MAX_BODY_BYTES + " bytes");
            }
            bytes.write(source, offset, length);
        }
    }
}
