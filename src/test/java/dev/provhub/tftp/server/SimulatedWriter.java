package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.Unpooled;
import java.util.Map;

/**
 * A client that writes, as the RFCs have it: sends a window, goes on from what was acknowledged, and sends again what it said last
 * when nothing comes for a second.
 */
final class SimulatedWriter {
    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private final SimulatedPath path;
    private final Reception server;
    private final Map<String, String> asked;
    private final byte[] file;
    private final int blockSize;
    private final int window;
    private boolean begun;
    private boolean done;
    private boolean again;
    private int acknowledged;
    private long heardNanos;

    SimulatedWriter(
            SimulatedPath path, Reception server, Map<String, String> asked, byte[] file, int blockSize, int window) {
        this.path = path;
        this.server = server;
        this.asked = asked;
        this.file = file;
        this.blockSize = blockSize;
        this.window = window;
        path.toClient(this::take);
        path.after(TIMEOUT_NANOS, this::watch);
    }

    boolean isDone() {
        return done;
    }

    private int lastBlock() {
        return file.length / blockSize + 1;
    }

    private void watch() {
        if (!done) {
            if (path.nowNanos - heardNanos >= TIMEOUT_NANOS) {
                send();
            }
            path.after(TIMEOUT_NANOS, this::watch);
        }
    }

    private void take(byte[] packet) {
        int number = packet[1] == 4 ? (packet[2] & 0xff) << 8 | packet[3] & 0xff : 0;
        int ahead = number - acknowledged & 0xffff;
        if (packet[1] == 5 || ahead > window || done) {
            return;
        }
        boolean first = !begun;
        begun = true;
        heardNanos = path.nowNanos;
        if (ahead > 0 || first) {
            acknowledged += ahead;
            again = false;
            done = acknowledged == lastBlock();
            send();
        } else if (window > 1 && !again) {
            again = true;
            send();
        }
    }

    private void send() {
        if (!begun) {
            TftpPacket request = new TftpPacket.WriteRequest("f", "octet", asked);
            path.carry(() -> server.requestedAgain(request, path.nowNanos));
            return;
        }
        for (int block = acknowledged + 1; block <= Math.min(lastBlock(), acknowledged + window); block++) {
            int from = (block - 1) * blockSize;
            int number = block & 0xffff;
            byte[] payload = java.util.Arrays.copyOfRange(file, from, Math.min(file.length, from + blockSize));
            path.carry(() -> server.data(number, Unpooled.wrappedBuffer(payload), path.nowNanos));
        }
    }
}
