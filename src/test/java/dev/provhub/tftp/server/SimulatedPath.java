package dev.provhub.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/** A path with a clock of its own, on which packets are late, lost, doubled and overtaken, the same each time for one seed. */
final class SimulatedPath implements Line {
    /** What a path does to packets: shares from 0 to 1, times in milliseconds. */
    record Weather(double lost, double doubled, int delayMillis, int jitterMillis) {}

    /** The leak detector takes a stack trace for each of a million packets. */
    private static final ByteBufAllocator ALLOC = new UnpooledByteBufAllocator(false, true);

    private record Event(long atNanos, long order, Runnable what) {}

    private final Weather weather;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::order));
    private long order;
    private Consumer<byte[]> client = packet -> {};

    long nowNanos;
    int packetsOfServer;

    SimulatedPath(Weather weather, long seed) {
        this.weather = weather;
        this.random = new Random(seed);
    }

    void toClient(Consumer<byte[]> receiver) {
        client = receiver;
    }

    void after(long nanos, Runnable what) {
        events.add(new Event(nowNanos + nanos, order++, what));
    }

    /** Carries a packet, or not. */
    void carry(Runnable arrival) {
        int copies = random.nextDouble() < weather.lost() ? 0 : random.nextDouble() < weather.doubled() ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            int jitter = weather.jitterMillis() == 0 ? 0 : random.nextInt(weather.jitterMillis());
            after((weather.delayMillis() + jitter) * 1_000_000L, arrival);
        }
    }

    /** Does what comes next; false when nothing is left. */
    boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos();
        next.what().run();
        return true;
    }

    @Override
    public ByteBufAllocator alloc() {
        return ALLOC;
    }

    @Override
    public void send(ByteBuf packet, InetSocketAddress to) {
        byte[] bytes = ByteBufUtil.getBytes(packet);
        packet.release();
        packetsOfServer++;
        carry(() -> client.accept(bytes));
    }

    @Override
    public void sendAll(ByteBuf packets, int packetBytes, InetSocketAddress to) {
        while (packets.isReadable()) {
            send(packets.readRetainedSlice(Math.min(packetBytes, packets.readableBytes())), to);
        }
        packets.release();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
