package dev.provhub.notify;

import dev.provhub.device.MacAddress;
import java.time.Instant;

/** Where the outcome of each NOTIFY is written down for the operator: the device log. */
@FunctionalInterface
public interface NotifyJournal {
    /**
     * Notes an outcome. Never fails.
     *
     * @param outcome {@code delivered} or {@code failed}
     * @param reason  one sentence
     */
    void noted(MacAddress mac, Instant time, String action, String outcome, String reason);
}
