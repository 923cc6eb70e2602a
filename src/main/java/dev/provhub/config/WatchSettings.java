package dev.provhub.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What counts as trouble in the fleet, and how it is told.
 *
 * @param silencePeriods how many of its own periods nothing is heard of a device until it is silent, 0 (never) to 1000
 * @param silencePercent from which share of the fleet on silence degrades health, 1 to 100
 * @param alarmFactor    how many times the usual makes an alarm, 2 to 1000
 * @param alarmMinimum   how many within five minutes make an alarm at least, from 1
 * @param alarmUrl       where events are posted; null for nowhere
 * @param jsonLog        whether the log is JSON
 */
public record WatchSettings(
        int silencePeriods,
        int silencePercent,
        int alarmFactor,
        int alarmMinimum,
        @Nullable URI alarmUrl,
        boolean jsonLog) {
    /** Leaves the path and the query of the URL out, in which a token may stand. */
    @Override
    public String toString() {
        return "WatchSettings[silence " + silencePeriods + " " + silencePercent + " %, alarm " + alarmFactor + " "
                + alarmMinimum + (alarmUrl == null ? "" : " to " + alarmUrl.getHost()) + "]";
    }
}
