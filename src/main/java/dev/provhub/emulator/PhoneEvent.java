package dev.provhub.emulator;

import dev.provhub.emulator.transport.Scheme;
import java.time.Duration;
import java.util.List;

/** What a phone tells about itself. No secret is in an event: URLs are masked, values are only counted. */
public sealed interface PhoneEvent {
    /** What a phone waits for after a failed resync: see {@link Waiting#why()}. */
    String RETRY = "retry after failure";

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
     * @param why      e.g. {@code random delay}, {@link #RETRY}
     */
    record Waiting(Duration duration, String why) implements PhoneEvent {}

    /**
     * Leaves something for later.
     *
     * @param what e.g. {@code resync}
     * @param why  e.g. {@code a line is in a call}
     */
    record PutOff(String what, String why) implements PhoneEvent {}

    /**
     * Does not do something at all.
     *
     * @param why names the parameter that forbids it
     */
    record Declined(String what, String why) implements PhoneEvent {}

    /**
     * Has looked at a rule.
     *
     * @param rule     name of the parameter
     * @param findings in plain words, one for each alternative that was looked at; long values cut short
     */
    record Evaluated(String rule, List<String> findings) implements PhoneEvent {
        /** Copies the list. */
        public Evaluated {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A rule has set a parameter.
     *
     * @param known whether the model has it; else nothing was set
     */
    record Assigned(String rule, String parameter, boolean known) implements PhoneEvent {}

    /**
     * Where it will ask, from DHCP options and rule.
     *
     * @param urls masked, in the order in which they are tried
     */
    record Discovered(String rule, List<String> urls) implements PhoneEvent {
        /** Copies the list. */
        public Discovered {
            urls = List.copyOf(urls);
        }
    }

    /**
     * Asks for a file.
     *
     * @param url masked
     * @param why name of the rule or parameter
     */
    record Requested(String url, String why) implements PhoneEvent {}

    /**
     * A request has come to its end.
     *
     * @param why       as it was requested
     * @param transport of the request
     * @param bytes     of the body, 0 when there was none
     * @param error     empty when a body came
     * @param took      in real time
     */
    record Answered(String why, Scheme transport, long bytes, String error, Duration took) implements PhoneEvent {}

    /**
     * An attempt has failed, and another URL may be tried.
     *
     * @param url masked
     */
    record Missed(String url, String error) implements PhoneEvent {}

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
     * @param unknown   number of elements that the model does not know
     */
    record Resynced(
            String rule,
            String url,
            Scheme transport,
            int bytes,
            boolean sealed,
            boolean gzip,
            int applied,
            int unknown)
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

    /** Starts again. */
    record Rebooting(String why) implements PhoneEvent {}

    /** Has forgotten all it was given. */
    record FactoryReset() implements PhoneEvent {}

    /**
     * Remote customization has come to something (section 7).
     *
     * @param state what the phone's page shows
     */
    record Customized(Customization state, String detail) implements PhoneEvent {}

    /**
     * Has sent a report.
     *
     * @param url    masked
     * @param what   {@code full}, {@code delta} or {@code status}
     * @param bytes  as sent
     * @param sealed whether it was encrypted
     */
    record Reported(String url, String what, int bytes, boolean sealed) implements PhoneEvent {}

    /** A report could not be sent, and is not tried again. */
    record ReportFailed(String url, String error) implements PhoneEvent {}

    /**
     * Somebody has sent a NOTIFY or opened one of the phone's pages.
     *
     * @param what   e.g. {@code NOTIFY resync}, {@code /admin/reboot}
     * @param result e.g. {@code 200 OK}
     */
    record Asked(String what, String result) implements PhoneEvent {}

    /** Has sent a line to its syslog server. */
    record Logged(String line) implements PhoneEvent {}
}
