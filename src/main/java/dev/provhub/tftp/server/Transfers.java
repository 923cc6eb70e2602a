package dev.provhub.tftp.server;

import dev.provhub.tftp.codec.TftpErrorCode;
import dev.provhub.tftp.codec.TftpPacket;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All transfers of a server: begins them, bounds their number, wakes and ends them. On the event loop, unless said otherwise. */
final class Transfers {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    /** Of a flood not every request is a line in the log. */
    private static final int LOGGED_EVERY = 1000;

    private static final Set<String> MODES = Set.of("octet", "netascii");

    private final TftpServerSettings settings;
    private final Transport transport;
    private final EventLoop loop;
    private final TftpRequestHandler reads;
    private final @Nullable TftpWriteHandler writes;
    private final TransferListener listener;
    private final Timers timers = new Timers();
    private final UnheardSessions unheard = new UnheardSessions();
    private final AddressCounts counts;
    private final Map<Session, Listening> all = new HashMap<>();
    private final CompletableFuture<Void> idle = new CompletableFuture<>();

    private int writing;
    private boolean turning;
    private volatile boolean refusing;
    private boolean stopping;
    private long madeRoom;

    Transfers(
            TftpServerSettings settings,
            Transport transport,
            TftpRequestHandler reads,
            @Nullable TftpWriteHandler writes,
            TransferListener listener) {
        this.settings = settings;
        this.transport = transport;
        this.loop = transport.group().next();
        this.reads = reads;
        this.writes = writes;
        this.listener = listener;
        this.counts = new AddressCounts(settings);
    }

    boolean isSinglePort() {
        return settings.singlePort();
    }

    /** A request has come. */
    void requested(Listening at, TftpPacket packet, InetSocketAddress remote, long nowNanos) {
        Session known = at.sessions.get(remote);
        if (known != null) {
            if (known.requestedAgain(packet, nowNanos)) {
                return;
            }
            known.end(TransferListener.Outcome.SILENT, null, nowNanos);
            settle(at, known, nowNanos);
        }
        if (packet instanceof TftpPacket.ReadRequest read) {
            read(at, read, remote, nowNanos);
        } else if (packet instanceof TftpPacket.WriteRequest write) {
            write(at, write, remote, nowNanos);
        }
    }

    private void read(Listening at, TftpPacket.ReadRequest read, InetSocketAddress remote, long nowNanos) {
        if (!MODES.contains(read.mode())) {
            at.refuse(TftpErrorCode.ILLEGAL_OPERATION, remote);
        } else if (refusing) {
            at.refuse(TftpErrorCode.NOT_DEFINED, remote);
        } else if (!Names.isFile(read.fileName())) {
            at.refuse(TftpErrorCode.FILE_NOT_FOUND, remote);
        } else if (hasRoom(remote, nowNanos)) {
            TftpRequest request = request(read.fileName(), read.mode(), remote, at);
            Question question = new Question(request, read, at.line(), this::answered, settings, nowNanos);
            add(at, question, nowNanos);
            try {
                reads.handle(request, question);
            } catch (RuntimeException e) {
                LOG.error("Request handler failed remote={}", remote, e);
                question.refuse(TftpErrorCode.NOT_DEFINED);
            }
        }
    }

    private void write(Listening at, TftpPacket.WriteRequest write, InetSocketAddress remote, long nowNanos) {
        TftpRequest request = request(write.fileName(), write.mode(), remote, at);
        TftpErrorCode wrong = wrongWith(write, request);
        if (wrong != null) {
            at.refuse(wrong, remote);
        } else if (writing >= settings.maxWrites() && !makeRoom(true, nowNanos)) {
            LOG.debug("Write passed over, too many of them remote={} limit={}", remote, settings.maxWrites());
        } else if (hasRoom(remote, nowNanos)) {
            Reception reception =
                    new Reception(request, write.options(), settings, at.line(), this::complete, listener, nowNanos);
            add(at, reception, nowNanos);
            start(at, reception, reception::begin);
        }
    }

    private @Nullable TftpErrorCode wrongWith(TftpPacket.WriteRequest write, TftpRequest request) {
        if (writes == null) {
            return TftpErrorCode.ACCESS_VIOLATION;
        }
        if (!MODES.contains(write.mode())) {
            return TftpErrorCode.ILLEGAL_OPERATION;
        }
        if (refusing) {
            return TftpErrorCode.NOT_DEFINED;
        }
        if (!Names.isFile(write.fileName()) || !writes.accepts(request)) {
            return TftpErrorCode.ACCESS_VIOLATION;
        }
        return Options.announcedBytes(write.options()) > settings.maxWriteBytes() ? TftpErrorCode.DISK_FULL : null;
    }

    private static TftpRequest request(String name, String mode, InetSocketAddress remote, Listening at) {
        return new TftpRequest(name, mode.equals("octet") ? "octet" : mode, remote, at.local());
    }

    private boolean hasRoom(InetSocketAddress remote, long nowNanos) {
        if (!counts.hasRoom(remote.getAddress())) {
            LOG.debug("Request passed over, its address has too many transfers remote={}", remote);
            return false;
        }
        if (all.size() >= settings.maxTransfers() && !makeRoom(false, nowNanos)) {
            LOG.debug("Request passed over, too many transfers remote={} limit={}", remote, settings.maxTransfers());
            return false;
        }
        return true;
    }

    /**
     * Ends the oldest transfer whose client has never been heard of again: it may have been asked for in somebody else's name,
     * and a client that is there answers within its round trip. Nobody is shut out for the address that a request bears.
     *
     * @param ofWrites whether it must be a write
     * @return whether there is room for one more
     */
    private boolean makeRoom(boolean ofWrites, long nowNanos) {
        for (Session session = unheard.oldest(); session != null; session = session.newer) {
            boolean waits = session instanceof Question;
            Listening at = all.get(session);
            if (!waits && at != null && (!ofWrites || session instanceof Reception)) {
                session.end(TransferListener.Outcome.SILENT, null, nowNanos);
                settle(at, session, nowNanos);
                if (madeRoom++ % LOGGED_EVERY == 0) {
                    LOG.warn(
                            "Too many transfers, those never acknowledged are given up limit={} so far={}",
                            ofWrites ? settings.maxWrites() : settings.maxTransfers(),
                            madeRoom);
                }
                return true;
            }
        }
        return false;
    }

    private void add(Listening at, Session session, long nowNanos) {
        at.sessions.put(session.request.remote(), session);
        all.put(session, at);
        counts.add(session.request.remote().getAddress(), 1);
        unheard.add(session);
        writing += session instanceof Reception ? 1 : 0;
        watch(session, nowNanos);
    }

    private void watch(Session session, long nowNanos) {
        timers.add(session, nowNanos);
        if (!turning) {
            turning = true;
            loop.schedule(this::turn, Timers.TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void turn() {
        turning = false;
        timers.turn(System.nanoTime(), session -> {
            long now = System.nanoTime();
            session.silence(now);
            Listening at = all.get(session);
            if (at != null) {
                settle(at, session, now);
                session.line().flush();
            }
        });
        if (!timers.isEmpty()) {
            turning = true;
            loop.schedule(this::turn, Timers.TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** Forgets a session that has ended; to be called after all that may have changed one. */
    void settle(Listening at, Session session, long nowNanos) {
        if (session.isHeard()) {
            unheard.remove(session);
        }
        if (session.isOver() && all.remove(session) != null) {
            at.sessions.remove(session.request.remote(), session);
            counts.add(session.request.remote().getAddress(), -1);
            unheard.remove(session);
            writing -= session instanceof Reception ? 1 : 0;
            session.line().close();
        } else if (session instanceof Reception && session.isIdle()) {
            // It dallies: the first to give way.
            unheard.add(session);
        }
        stopWhenIdle();
    }

    /** From any thread. */
    private void answered(Question question, @Nullable TftpContent content, @Nullable TftpErrorCode refusal) {
        try {
            loop.execute(() -> answer(question, content, refusal));
        } catch (RejectedExecutionException e) {
            LOG.debug("Request was answered after the server had stopped remote={}", question.request.remote());
            if (content != null) {
                Question.close(content);
            }
        }
    }

    private void answer(Question question, @Nullable TftpContent content, @Nullable TftpErrorCode refusal) {
        Listening at = all.get(question);
        long now = System.nanoTime();
        if (at == null || question.isOver()) {
            if (content != null) {
                Question.close(content);
            }
            return;
        }
        question.end(TransferListener.Outcome.COMPLETED, refusal, now);
        settle(at, question, now);
        if (content != null) {
            Map<String, String> asked = question.asked().options();
            Options options = Options.forRead(asked, content.size(), settings);
            Sending sending =
                    new Sending(question.request, content, asked, options, settings, at.line(), listener, now);
            add(at, sending, now);
            start(at, sending, sending::begin);
        }
        flushSoon(at);
    }

    /** One flush for all answers that wait to be taken. */
    private void flushSoon(Listening at) {
        if (!at.flushing) {
            at.flushing = true;
            loop.execute(() -> {
                at.flushing = false;
                at.line().flush();
            });
        }
    }

    private void start(Listening at, Session session, Begin begin) {
        if (settings.singlePort()) {
            long now = System.nanoTime();
            begin.at(now);
            settle(at, session, now);
            return;
        }
        OwnPort port = new OwnPort(session, this, at);
        ChannelFuture binding = port.bind(transport, settings);
        binding.addListener(bound -> {
            long now = System.nanoTime();
            if (session.isOver()) {
                binding.channel().close();
            } else if (bound.isSuccess()) {
                session.moveTo(new ChannelLine(binding.channel(), true));
                begin.at(now);
                session.line().flush();
            } else {
                LOG.error("No port for a transfer remote={}", session.request.remote(), bound.cause());
                session.end(TransferListener.Outcome.ABORTED, TftpErrorCode.NOT_DEFINED, now);
                session.line().flush();
            }
            settle(at, session, now);
        });
    }

    /** Sends the first packet of a session. */
    private interface Begin {
        void at(long nowNanos);
    }

    private void complete(Reception reception, byte[] bytes) {
        Answer answer = new Answer(reception);
        if (writes == null) {
            return;
        }
        try {
            writes.written(reception.request, bytes, answer);
        } catch (RuntimeException e) {
            LOG.error("Write handler failed remote={}", reception.request.remote(), e);
            answer.refuse(TftpErrorCode.NOT_DEFINED);
        }
    }

    /** Brings what becomes of a file back to the event loop. */
    private final class Answer implements TftpWriteReply {
        private final Reception reception;

        Answer(Reception reception) {
            this.reception = reception;
        }

        @Override
        public void accept() {
            hand(null);
        }

        @Override
        public void refuse(TftpErrorCode code) {
            hand(code);
        }

        @Override
        public boolean isWanted() {
            return reception.state() == Reception.State.ASKING;
        }

        private void hand(@Nullable TftpErrorCode refusal) {
            try {
                loop.execute(() -> arrive(refusal));
            } catch (RejectedExecutionException e) {
                LOG.debug("File was answered after the server had stopped remote={}", reception.request.remote());
            }
        }

        private void arrive(@Nullable TftpErrorCode refusal) {
            long now = System.nanoTime();
            if (refusal == null) {
                reception.accept(now);
            } else {
                reception.refuse(refusal, now);
            }
            Listening at = all.get(reception);
            if (at != null) {
                reception.line().flush();
                settle(at, reception, now);
            }
        }
    }

    /** From now on refuses requests, or takes them again. From any thread. */
    void refuse(boolean on) {
        refusing = on;
    }

    /** How many there are. From any thread. */
    CompletableFuture<Integer> count() {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        loop.execute(() -> count.complete(all.size()));
        return count;
    }

    /** Refuses what comes, and is complete when all in flight has ended. From any thread. */
    CompletableFuture<Void> stop() {
        loop.execute(() -> {
            refusing = true;
            stopping = true;
            stopWhenIdle();
        });
        return idle;
    }

    private void stopWhenIdle() {
        if (stopping && all.keySet().stream().allMatch(Session::isIdle)) {
            idle.complete(null);
        }
    }

    /** Ends all that is left; clients are told. */
    void abort() {
        long now = System.nanoTime();
        List<Map.Entry<Session, Listening>> left = new ArrayList<>(all.entrySet());
        for (Map.Entry<Session, Listening> one : left) {
            Session session = one.getKey();
            session.end(TransferListener.Outcome.ABORTED, TftpErrorCode.NOT_DEFINED, now);
            session.line().flush();
            settle(one.getValue(), session, now);
        }
    }
}
