package dev.provhub.emulator;

import java.time.Duration;
import java.util.List;

/** Tells events in plain words: what the phone does, and, to who wants to know, why. */
public final class PhoneStory {
    private final boolean why;

    /** @param why whether reasons are told too: rules, requests, waiting */
    public PhoneStory(boolean why) {
        this.why = why;
    }

    /** Lines for an event; none when it is of no interest. */
    public List<String> tell(PhoneEvent event) {
        if (event instanceof PhoneEvent.Evaluated rule) {
            return why
                    ? rule.findings().stream()
                            .map(found -> rule.rule() + ": " + found)
                            .toList()
                    : List.of();
        } else if (event instanceof PhoneEvent.Discovered discovered) {
            return why ? List.of(discovered(discovered)) : List.of();
        }
        String line = doings(event);
        if (line.isEmpty()) {
            line = troubles(event);
        }
        if (line.isEmpty() && why) {
            line = reasons(event);
        }
        return line.isEmpty() ? List.of() : List.of(line);
    }

    private static String doings(PhoneEvent event) {
        if (event instanceof PhoneEvent.Booted booted) {
            return "runs " + booted.softwareVersion();
        } else if (event instanceof PhoneEvent.Resynced resynced) {
            return "took " + resynced.applied() + " parameters from " + resynced.url() + ": " + resynced.bytes()
                    + " bytes" + (resynced.sealed() ? ", encrypted" : ", in clear")
                    + (resynced.gzip() ? ", gzip" : "")
                    + (resynced.unknown() == 0
                            ? ""
                            : "; " + resynced.unknown() + " elements mean nothing to this model");
        } else if (event instanceof PhoneEvent.Upgraded upgraded) {
            return "flashed " + upgraded.to() + " over " + upgraded.from() + ", " + upgraded.bytes() + " bytes over "
                    + upgraded.transport().text();
        } else if (event instanceof PhoneEvent.CaTrusted trusted) {
            return "trusts " + trusted.certificates() + " more CA from " + trusted.url();
        } else if (event instanceof PhoneEvent.Rebooting rebooting) {
            return "reboots: " + rebooting.why();
        } else if (event instanceof PhoneEvent.FactoryReset) {
            return "forgets all that it was given";
        } else if (event instanceof PhoneEvent.Customized customized) {
            return "customization: " + customized.state().text() + ", " + customized.detail();
        } else if (event instanceof PhoneEvent.Reported reported) {
            return "sent a " + reported.what() + " report to " + reported.url() + ", " + reported.bytes() + " bytes"
                    + (reported.sealed() ? ", encrypted" : ", in clear");
        } else if (event instanceof PhoneEvent.Asked asked) {
            return "was asked " + asked.what() + ": " + asked.result();
        }
        return "";
    }

    private static String troubles(PhoneEvent event) {
        if (event instanceof PhoneEvent.ResyncFailed failed) {
            String detail = failed.detail().equals(failed.error()) ? "" : " (" + failed.detail() + ")";
            return "resync failed at " + failed.rule() + (failed.url().isEmpty() ? "" : ", " + failed.url()) + ": "
                    + failed.error() + detail;
        } else if (event instanceof PhoneEvent.UpgradeFailed failed) {
            return "upgrade failed" + (failed.url().isEmpty() ? "" : " from " + failed.url()) + ": " + failed.error();
        } else if (event instanceof PhoneEvent.CaFailed failed) {
            return "no CA from " + failed.url() + ": " + failed.error();
        } else if (event instanceof PhoneEvent.ReportFailed failed) {
            return "report failed" + (failed.url().isEmpty() ? "" : " at " + failed.url()) + ": " + failed.error();
        } else if (event instanceof PhoneEvent.Declined declined) {
            return "no " + declined.what() + ": " + declined.why();
        } else if (event instanceof PhoneEvent.PutOff putOff) {
            return "puts the " + putOff.what() + " off: " + putOff.why();
        }
        return "";
    }

    private static String reasons(PhoneEvent event) {
        if (event instanceof PhoneEvent.Waiting waiting) {
            return "waits " + seconds(waiting.duration()) + ": " + waiting.why();
        } else if (event instanceof PhoneEvent.Assigned assigned) {
            return assigned.rule() + " sets " + assigned.parameter()
                    + (assigned.known() ? "" : ", which this model does not have");
        } else if (event instanceof PhoneEvent.Requested requested) {
            return "asks for " + requested.url() + ", because of " + requested.why();
        } else if (event instanceof PhoneEvent.Missed missed) {
            return "nothing from " + missed.url() + ": " + missed.error();
        } else if (event instanceof PhoneEvent.ResyncFinished finished) {
            return "resync is through: " + finished.files() + (finished.files() == 1 ? " file" : " files");
        } else if (event instanceof PhoneEvent.Logged logged) {
            return "syslog: " + logged.line();
        }
        return "";
    }

    private static String discovered(PhoneEvent.Discovered discovered) {
        return discovered.urls().isEmpty()
                ? discovered.rule() + " names no server, and no DHCP option helps"
                : discovered.rule() + " names no server; from the DHCP options: "
                        + String.join(", ", discovered.urls());
    }

    /** Seconds, or hours and minutes where that is easier to read. */
    private static String seconds(Duration time) {
        return time.toMinutes() < 10
                ? "%.1f s".formatted(time.toMillis() / 1000.0)
                : "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }
}
