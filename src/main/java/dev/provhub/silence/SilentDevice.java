package dev.provhub.silence;

import dev.provhub.device.MacAddress;
import java.time.Duration;
import java.time.Instant;

/**
 * A device of which nothing is heard.
 *
 * @param since  when it was last heard of
 * @param period its own period
 */
public record SilentDevice(MacAddress mac, Instant since, Duration period) {}
