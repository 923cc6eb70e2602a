package dev.provhub;

import dev.provhub.config.Listener;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for a default path without a pause, over HTTP and TFTP, and keeps what went wrong. */
final class AskingPhones implements AutoCloseable {
    private static final int TFTP_PATIENCE_MILLIS = 10_000;
    private static final int PACKET_BYTES = 516;
    private static final int DATA = 3;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong overHttp = new AtomicLong();
    private final AtomicLong overTftp = new AtomicLong();
    private final List<Thread> askers = new ArrayList<>();
    private volatile boolean ended;

    private interface Asking {
        void once() throws IOException, InterruptedException;
    }

    /** Begins. */
    static AskingPhones of(HubUnderTest hub, String name) {
        AskingPhones phones = new AskingPhones();
        for (int i = 0; i < 3; i++) {
            phones.begin(() -> phones.askHttp(URI.create(hub.httpUrl() + "/" + name)));
        }
        for (int i = 0; i < 2; i++) {
            phones.begin(() -> phones.askTftp(hub.tftp(), name));
        }
        return phones;
    }

    private void begin(Asking asking) {
        Thread asker = new Thread(() -> {
            while (!ended) {
                try {
                    asking.once();
                } catch (IOException | InterruptedException e) {
                    failures.add(e.toString());
                }
            }
        });
        asker.start();
        askers.add(asker);
    }

    private void askHttp(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        overHttp.incrementAndGet();
        if (answer.statusCode() != 200 || answer.body().length < 100) {
            failures.add("status " + answer.statusCode() + " bytes " + answer.body().length);
        }
    }

    /** The first block says whether there is a file. */
    private void askTftp(Listener server, String name) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TFTP_PATIENCE_MILLIS);
            byte[] request = ("\0\1" + name + "\0octet\0").getBytes(StandardCharsets.US_ASCII);
            socket.send(
                    new DatagramPacket(request, request.length, InetAddress.getByName(server.host()), server.port()));
            DatagramPacket block = new DatagramPacket(new byte[PACKET_BYTES], PACKET_BYTES);
            int length;
            do {
                socket.receive(block);
                length = block.getLength();
                ByteBuffer packet = ByteBuffer.wrap(block.getData());
                short kind = packet.getShort();
                if (kind != DATA) {
                    failures.add("tftp error " + packet.getShort());
                    return;
                }
                byte[] acknowledgement = {0, 4, block.getData()[2], block.getData()[3]};
                socket.send(new DatagramPacket(acknowledgement, 4, block.getSocketAddress()));
            } while (length == PACKET_BYTES);
            overTftp.incrementAndGet();
        }
    }

    long overHttp() {
        return overHttp.get();
    }

    long overTftp() {
        return overTftp.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns when the last one has its answer. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread asker : askers) {
            asker.join();
        }
    }
}
