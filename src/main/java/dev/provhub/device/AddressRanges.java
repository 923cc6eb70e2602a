package dev.provhub.device;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Ranges of IP addresses, e.g. {@code 192.0.2.0/24, 2001:db8::/32, 198.51.100.7}. Immutable. */
public final class AddressRanges {
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+");

    private final List<Range> ranges;

    private static final class Range {
        private final byte[] network;
        private final int bits;

        Range(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        boolean holds(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private AddressRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Reads a list with commas; empty for none.
     *
     * @throws IllegalArgumentException naming what is no address or range
     */
    public static AddressRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                ranges.add(range(part.strip()));
            }
        }
        return new AddressRanges(ranges);
    }

    private static Range range(String text) {
        String[] parts = text.split("/", 2);
        byte[] network = bytes(parts[0], text);
        if (parts.length == 1) {
            return new Range(network, network.length * 8);
        }
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > network.length * 8) {
            throw new IllegalArgumentException("'" + text + "' is no range of addresses such as 192.0.2.0/24");
        }
        return new Range(network, Integer.parseInt(parts[1]));
    }

    /** Never asks a name server. */
    private static byte[] bytes(String literal, String shown) {
        try {
            if (LITERAL.matcher(literal).matches() && (literal.contains(":") || literal.split("\\.", -1).length == 4)) {
                return InetAddress.getByName(literal).getAddress();
            }
        } catch (UnknownHostException e) {
            // Told below
        }
        throw new IllegalArgumentException("'" + shown + "' is no IP address or range of them");
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /**
     * Whether an address is in one of them.
     *
     * @param address literal, without port; anything else is in none
     */
    public boolean hold(String address) {
        try {
            byte[] bytes = bytes(address, address);
            return ranges.stream().anyMatch(range -> range.holds(bytes));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
