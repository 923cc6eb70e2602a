package dev.provhub;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes a connection and never comes to the end of an answer: it drips a byte a second, or says nothing. */
final class StallingListener implements AutoCloseable {
    private static final byte[] ANSWER =
            ("HTTP/1.1 204 No Content\r\nX-Padding: " + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger leftAlone = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final boolean drips;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile boolean cuts;
    private volatile boolean mended;

    private StallingListener(boolean drips) throws IOException {
        this.drips = drips;
        start(() -> {
            while (end.getCount() > 0) {
                Socket socket = server.accept();
                asked.incrementAndGet();
                start(() -> stall(socket));
            }
        });
    }

    static StallingListener dripping() throws IOException {
        return new StallingListener(true);
    }

    static StallingListener silent() throws IOException {
        return new StallingListener(false);
    }

    /** Something that ends when its socket does. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The other side has gone, or the test is over
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void stall(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            if (mended) {
                answer(socket);
                return;
            }
            if (cuts) {
                return;
            }
            if (drips) {
                start(() -> drip(socket.getOutputStream()));
            }
            InputStream in = socket.getInputStream();
            byte[] request = new byte[4096];
            int read;
            do {
                read = in.read(request);
            } while (read >= 0);
        } finally {
            leftAlone.incrementAndGet();
        }
    }

    private void drip(OutputStream out) throws IOException, InterruptedException {
        for (byte one : ANSWER) {
            out.write(one);
            out.flush();
            if (end.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
    }

    /** Takes one event as it should be done. */
    private void answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        byte[] body = new byte[length];
        in.readFully(body);
        received.add(new String(body, StandardCharsets.UTF_8));
        socket.getOutputStream()
                .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.readByte(); one != '\n'; one = in.readByte()) {
            line.append((char) one);
        }
        return line.toString().strip();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How often somebody has come. */
    int asked() {
        return asked.get();
    }

    /** How often somebody has gone away again. */
    int leftAlone() {
        return leftAlone.get();
    }

    /** From now on it cuts off at once whoever comes. */
    void cutOff() {
        cuts = true;
    }

    /** From now on it answers as it should. */
    void mend() {
        mended = true;
    }

    /** What it has taken since it was mended. */
    List<String> received() {
        return received;
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
    }
}
