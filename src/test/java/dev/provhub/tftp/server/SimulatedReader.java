package dev.provhub.tftp.server;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A client that reads, as the RFCs have it: acknowledges the end of each window, after a gap what came in order, and sends again
 * what it said last when nothing comes for a second.
 */
final class SimulatedReader {
    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private final SimulatedPath path;
    private final Session server;
    private final int blockSize;
    private final int window;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private int last;
    private int inWindow;
    private boolean gap;
    private boolean done;
    private long heardNanos;

    SimulatedReader(SimulatedPath path, Session server, int blockSize, int window) {
        this.path = path;
        this.server = server;
        this.blockSize = blockSize;
        this.window = window;
        path.toClient(this::take);
        path.after(TIMEOUT_NANOS, this::watch);
    }

    byte[] file() {
        return file.toByteArray();
    }

    boolean isDone() {
        return done;
    }

    private void watch() {
        if (!done) {
            if (path.nowNanos - heardNanos >= TIMEOUT_NANOS && last > 0) {
                acknowledge();
            }
            path.after(TIMEOUT_NANOS, this::watch);
        }
    }

    private void take(byte[] packet) {
        heardNanos = path.nowNanos;
        if (packet[1] == 6) {
            acknowledge();
        } else if (packet[1] == 3) {
            data((packet[2] & 0xff) << 8 | packet[3] & 0xff, Arrays.copyOfRange(packet, 4, packet.length));
        }
    }

    private void data(int number, byte[] payload) {
        if (number != (last + 1 & 0xffff)) {
            if (done || !gap) {
                gap = true;
                acknowledge();
            }
            return;
        }
        if (done) {
            return;
        }
        gap = false;
        last++;
        inWindow++;
        file.writeBytes(payload);
        done = payload.length < blockSize;
        if (done || inWindow >= window) {
            acknowledge();
        }
    }

    private void acknowledge() {
        inWindow = 0;
        int number = last & 0xffff;
        path.carry(() -> server.acknowledged(number, path.nowNanos));
    }
}
