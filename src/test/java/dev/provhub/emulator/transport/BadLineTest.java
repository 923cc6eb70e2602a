package dev.provhub.emulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A line that delays what arrives. The channel's time stands still while both events come in. */
class BadLineTest {
    private static final LineQuality SLOW = new LineQuality(0, Duration.ofMillis(20), Duration.ZERO);

    @Test
    void end_rightAfterAPacket_arrivesAfterIt() {
        EmbeddedChannel channel = new EmbeddedChannel(new BadLine(SLOW, new Random(1)));
        channel.freezeTime();

        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {7}));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        ByteBuf arrived = channel.readInbound();
        assertThat(arrived).isNotNull();
        arrived.release();
        assertThat(channel.isOpen()).isFalse();
    }
}
