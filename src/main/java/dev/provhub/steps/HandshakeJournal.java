package dev.provhub.steps;

import dev.provhub.devicelog.DeviceEvent;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import dev.provhub.devicelog.DeviceLog;
import dev.provhub.devicelog.PlainText;
import dev.provhub.listen.TlsFailures;
import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;

/** Writes handshakes that failed into the device log: so many in a minute, since anybody can make one fail. */
public final class HandshakeJournal {
    private static final int PER_MINUTE = 600;
    private static final int LONGEST = 200;

    private final DeviceLog log;
    private final Clock clock;
    private final Bucket noted = Bucket.builder()
            .addLimit(limit -> limit.capacity(PER_MINUTE).refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
            .build();

    /** Needs the log, and the time. */
    public HandshakeJournal(DeviceLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Notes one. */
    public void failed(TlsFailures.Failure failure) {
        if (noted.tryConsume(1)) {
            log.add(new DeviceEvent(
                    clock.instant(),
                    DeviceEvent.Kind.HANDSHAKE,
                    new Asker(null, null, Evidence.NONE, "", "https", failure.remote(), null),
                    "TLS handshake",
                    new Verdict("failed", "", PlainText.of(failure.reason(), LONGEST)),
                    Given.NOTHING,
                    Shown.NOTHING));
        }
    }
}
