package dev.provhub.emulator.transport;

import java.time.Duration;

/**
 * How a house's line treats packets, in real time. Datagrams get lost; on a connection a lost packet is one that comes late,
 * since TCP sends it again.
 *
 * @param loss       share of packets lost in each direction, 0 to 1
 * @param delay      of each packet in each direction; zero or more
 * @param natForgets after how much silence the router of the house forgets who talked to whom; zero for never
 */
public record LineQuality(double loss, Duration delay, Duration natForgets) {
    /** A cable. */
    public static final LineQuality PERFECT = new LineQuality(0, Duration.ZERO, Duration.ZERO);

    /** @throws IllegalArgumentException naming what is out of range */
    public LineQuality {
        if (!(loss >= 0 && loss < 1)) {
            throw new IllegalArgumentException("loss " + loss + " is not from 0 to below 1");
        }
        if (delay.isNegative() || natForgets.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " or NAT time " + natForgets + " is negative");
        }
    }

    boolean isPerfect() {
        return equals(PERFECT);
    }
}
