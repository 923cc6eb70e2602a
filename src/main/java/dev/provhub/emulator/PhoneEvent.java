package dev.provhub.emulator;

import dev.provhub.emulator.transport.Scheme;
import java.time.Duration;

/** What a phone tells about itself. No secret is in an event: URLs are masked, values are only counted. */
public sealed interface PhoneEvent {
    /**
     * Runs, after being switched on or after a reboot.
     *
     * @param softwareVersion {@code $SWVER} from now on
     */
    record Booted(String softwareVersion) implements PhoneEvent {}

    /**
     * Does nothing for a while.
     *
     * @param duration in phone time
     * @param why      e.g. {@code random delay}, {@code retry after failure}
     */
    record Waiting(Duration duration, String why) implements PhoneEvent {}

    /**
     * Asks for a file.
     *
     * @param url masked
     * @param why name of the rule or parameter
     */
    record Requested(String url, String why) implements PhoneEvent {}

    /**
     * Has fetched and applied a profile.
     *
     * @param rule      name of the rule parameter
     * @param url       masked, after redirects
     * @param transport over which it came
     * @param bytes     of the file as it was received
     * @param sealed    whether it was encrypted
     * @param gzip      whether it was compressed
     * @param applied   number of parameters set
     */
    record Resynced(String rule, String url, Scheme transport, int bytes, boolean sealed, boolean gzip, int applied)
            implements PhoneEvent {}

    /**
     * All rules are through: a resync has succeeded.
     *
     * @param reason what started it
     * @param files  number of profiles applied; rules may be skipped
     */
    record ResyncFinished(ResyncReason reason, int files) implements PhoneEvent {}

    /**
     * A resync has failed; the error list decides when the next one runs.
     *
     * @param rule   name of the rule parameter
     * @param url    masked; empty when there was none to ask
     * @param error  text of {@code $ERR}
     * @param detail what a phone would not tell
     */
    record ResyncFailed(String rule, String url, String error, String detail) implements PhoneEvent {}

    /**
     * Trusts further CAs from the next connection on.
     *
     * @param certificates how many
     */
    record CaTrusted(String url, int certificates) implements PhoneEvent {}

    /** The file of CAs could not be had; nothing else fails for it. */
    record CaFailed(String url, String error) implements PhoneEvent {}

    /**
     * Has flashed an image and reboots.
     *
     * @param bytes of all its files
     */
    record Upgraded(String from, String to, Scheme transport, long bytes) implements PhoneEvent {}

    /** An upgrade attempt has failed. */
    record UpgradeFailed(String url, String error) implements PhoneEvent {}
}
