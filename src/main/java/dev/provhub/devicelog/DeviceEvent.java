package dev.provhub.devicelog;

import dev.provhub.device.MacAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a device's log: a request, a report, a syslog line, a NOTIFY, a handshake that failed. Nothing in it is a secret;
 * texts of the device are masked and freed of control characters by who writes it.
 *
 * @param time    when it was
 * @param kind    what it was
 * @param asker   who spoke, and how that is known
 * @param what    what was asked or said, on one line
 * @param verdict what was decided, and why
 * @param given   what the device got
 * @param shown   what the device showed that it has
 */
public record DeviceEvent(
        Instant time, Kind kind, Asker asker, String what, Verdict verdict, Given given, Shown shown) {

    /** What an entry is about. */
    public enum Kind {
        /** A request of the device, answered or not. */
        CONTACT,
        /** A report of the device's settings or its state. */
        REPORT,
        /** A line of the device's syslog; always a hint. */
        SYSLOG,
        /** A NOTIFY that was sent to it, with what it answered. */
        NOTIFY,
        /** A TLS handshake that failed before anybody could say a name. */
        HANDSHAKE,
        /** How the device stands now; made when the log is read, never kept. */
        STATE;

        /** As it is written in files, answers and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an entry's sender is worth. */
    public enum Evidence {
        /** A certificate, the device's own directory, a grant of the operator's. */
        PROOF,
        /** Names the device, and could have been sent by anybody. */
        HINT,
        /** Names nobody. */
        NONE,
        /** Proof of one thing that speaks against something else: somebody is not who he says, or a record is wrong. */
        CONTRADICTION;

        /** As it is written in files, answers and tables. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Who spoke.
     *
     * @param mac       which device, proven or named; null when nothing tells
     * @param serial    a serial number that was named where no MAC was; null for none
     * @param evidence  what that is worth
     * @param by        in words, e.g. {@code certificate} or {@code MAC in the name}; empty for nothing
     * @param transport {@code tftp}, {@code http}, {@code https}, {@code syslog}, {@code sip} …
     * @param remote    address and port it came from or went to
     * @param userAgent what it calls itself; null when it does not
     */
    public record Asker(
            @Nullable MacAddress mac,
            @Nullable String serial,
            Evidence evidence,
            String by,
            String transport,
            String remote,
            @Nullable String userAgent) {}

    /**
     * What was decided.
     *
     * @param outcome a word or two, e.g. {@code profile answered}, {@code nothing not found}, {@code resync delivered}
     * @param rule    the request rule or setting that decided; empty for none
     * @param reason  why, in words for an operator
     */
    public record Verdict(String outcome, String rule, String reason) {}

    /**
     * What the device got.
     *
     * @param bytes   length of the body, 0 for none
     * @param sealing {@code opensslEnc}, {@code aes128gcm}; null for what left as it was
     * @param what    revision of a profile, or name of a file; null for neither
     */
    public record Given(
            long bytes, @Nullable String sealing, @Nullable String what) {
        /** Nothing. */
        public static final Given NOTHING = new Given(0, null, null);
    }

    /**
     * What the device showed that it has; without proof only a hint.
     *
     * @param revision which it has applied; null when it did not say
     * @param version  of the firmware that runs; null when it did not say
     */
    public record Shown(@Nullable String revision, @Nullable String version) {
        /** Nothing. */
        public static final Shown NOTHING = new Shown(null, null);
    }
}
