package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.Netascii;
import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A read request that waits for whoever knows what it gets. */
final class Question extends Session implements TftpReply {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);
    /** Text mode changes the length, so the whole file must be translated first; phones never ask for it. */
    private static final long LARGEST_NETASCII_BYTES = 16L * 1024 * 1024;

    private final TftpPacket.ReadRequest asked;
    private final Answers answers;
    private final AtomicBoolean answered = new AtomicBoolean();
    /** Changed on the event loop. */
    private volatile boolean over;

    /** Takes the answer, from any thread. */
    interface Answers {
        /** Exactly one of content and refusal is not null. */
        void answered(Question question, @Nullable TftpContent content, @Nullable TftpErrorCode refusal);
    }

    Question(
            TftpRequest request,
            TftpPacket.ReadRequest asked,
            Line line,
            Answers answers,
            TftpServerSettings settings,
            long nowNanos) {
        super(request, line);
        this.asked = asked;
        this.answers = answers;
        this.deadlineNanos = nowNanos + settings.answerTimeout().toNanos();
    }

    TftpPacket.ReadRequest asked() {
        return asked;
    }

    @Override
    public void send(TftpContent content) {
        if (!answered.compareAndSet(false, true)) {
            close(content);
            return;
        }
        try {
            answers.answered(this, inItsMode(content), null);
        } catch (IOException e) {
            LOG.warn("Content cannot be sent remote={}", request.remote(), e);
            close(content);
            answers.answered(this, null, TftpErrorCode.NOT_DEFINED);
        }
    }

    private TftpContent inItsMode(TftpContent content) throws IOException {
        if (request.mode().equals("octet")) {
            return content;
        }
        if (content.size() > LARGEST_NETASCII_BYTES) {
            throw new IOException("too large for text mode: " + content.size() + " bytes");
        }
        ByteBuf whole = Unpooled.buffer((int) content.size());
        content.read(0, (int) content.size(), whole);
        content.close();
        byte[] bytes = new byte[whole.readableBytes()];
        whole.readBytes(bytes);
        return TftpContent.of(Netascii.encode(bytes));
    }

    @Override
    public void refuse(TftpErrorCode code) {
        if (answered.compareAndSet(false, true)) {
            answers.answered(this, null, code);
        }
    }

    @Override
    public boolean isWanted() {
        return !over && !answered.get();
    }

    @Override
    boolean isOver() {
        return over;
    }

    @Override
    boolean isHeard() {
        return false;
    }

    @Override
    boolean requestedAgain(TftpPacket packet, long nowNanos) {
        return asked.equals(packet);
    }

    @Override
    void acknowledged(int number, long nowNanos) {
        // Of an earlier transfer.
    }

    @Override
    void data(int number, ByteBuf payload, long nowNanos) {
        // Of an earlier transfer.
    }

    /** Nobody has answered: the client has long given up, what comes later is passed over. */
    @Override
    void silence(long nowNanos) {
        end(TransferListener.Outcome.ABORTED, TftpErrorCode.NOT_DEFINED, nowNanos);
    }

    @Override
    void end(TransferListener.Outcome outcome, @Nullable TftpErrorCode code, long nowNanos) {
        over = true;
        if (code != null) {
            write(code.packet());
        }
    }

    static void close(TftpContent content) {
        try {
            content.close();
        } catch (IOException e) {
            LOG.warn("Content cannot be closed", e);
        }
    }
}
