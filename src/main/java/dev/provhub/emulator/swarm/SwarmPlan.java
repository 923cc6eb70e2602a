package dev.provhub.emulator.swarm;

import dev.provhub.emulator.DhcpOptions;
import dev.provhub.emulator.PhoneIdentity;
import dev.provhub.emulator.PhoneModel;
import dev.provhub.emulator.transport.LineQuality;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which phones there are, how they come, and what they must end with.
 *
 * @param phones   how many; 1 or more
 * @param kinds    at least one
 * @param firstMac number of the first MAC address; the others follow
 * @param secret   from which each phone's {@code ${secret}} is made
 * @param scenario how they come
 * @param over     over what time they begin, in the phones' time
 * @param quality  of their lines
 * @param expected what each must hold at the end, by parameter; with {@code ${mac}} and the like, see {@link Member}
 * @param registers what a phone must hold for its first line to register, by parameter; likewise
 */
public record SwarmPlan(
        int phones,
        List<Kind> kinds,
        long firstMac,
        String secret,
        Scenario scenario,
        Duration over,
        LineQuality quality,
        Map<String, String> expected,
        Map<String, String> registers) {
    private static final long LAST_MAC = 0xffff_ffff_ffffL;

    /** @throws IllegalArgumentException naming what is out of range */
    public SwarmPlan {
        kinds = List.copyOf(kinds);
        expected = Map.copyOf(expected);
        registers = Map.copyOf(registers);
        if (phones < 1 || firstMac < 0 || firstMac + phones > LAST_MAC) {
            throw new IllegalArgumentException(phones + " phones from MAC address " + Long.toHexString(firstMac)
                    + " on are not 1 or more below ffffffffffff");
        }
        if (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.share() < 1)) {
            throw new IllegalArgumentException("each kind of phone needs a share of 1 or more");
        }
    }

    /**
     * Phones that are alike.
     *
     * @param model    what they are
     * @param firmware what they run first
     * @param dhcp     what their houses' DHCP servers say
     * @param share    how many of these among the sum of all shares
     * @param wornOut  whether their flash memory takes no firmware
     * @param off      when they are without power; null for never
     */
    public record Kind(
            PhoneModel model,
            String firmware,
            DhcpOptions dhcp,
            int share,
            boolean wornOut,
            @Nullable Off off) {
        /** @throws IllegalArgumentException when the firmware cannot be a version */
        public Kind {
            PhoneIdentity.checkVersion(firmware);
        }
    }

    /**
     * A time without power.
     *
     * @param after    the phone has begun, in its time
     * @param howLong  in its time
     */
    public record Off(Duration after, Duration howLong) {}

    /** Names what it is, and leaves the secret out. */
    @Override
    public String toString() {
        return "SwarmPlan[" + phones + " phones of " + kinds.size() + " kinds, " + scenario + "]";
    }

    /** One of the phones, counted from 0. Always the same for the same plan. */
    public Member member(int number) {
        int all = kinds.stream().mapToInt(Kind::share).sum();
        // Neighbours are of different kinds, as in a street
        int place = Math.floorMod(number * 7919L, all);
        for (Kind kind : kinds) {
            place -= kind.share();
            if (place < 0) {
                return new Member(this, number, kind);
            }
        }
        throw new IllegalStateException("shares do not add up");
    }
}
