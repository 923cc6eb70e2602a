package dev.provhub.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, e.g. {@code 10.1.0.0/16}, or one address.
 *
 * @param first the address with all other bits 0
 * @param bits  how many bits are the same, 0 to 32, or to 128 for IPv6
 */
public record AddressRange(InetAddress first, int bits) {
    private static final Pattern IPV4 = Pattern.compile("(?:[0-9]{1,3}[.]){3}[0-9]{1,3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}.
     *
     * @throws IllegalArgumentException when it is neither, or bits beyond the prefix are set
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no address and no range"));
        int most = address.getAddress().length * 8;
        int bits = most;
        if (slash >= 0) {
            String number = text.substring(slash + 1);
            bits = number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : most + 1;
        }
        if (bits > most) {
            throw new IllegalArgumentException("'" + text + "' has no prefix of 0 to " + most + " bits");
        }
        AddressRange range = new AddressRange(address, bits);
        for (int bit = bits; bit < most; bit++) {
            if (bitOf(address.getAddress(), bit) != 0) {
                throw new IllegalArgumentException("'" + text + "' has bits set beyond its prefix");
            }
        }
        return range;
    }

    /** The address that a text is, IPv4 or IPv6; empty for anything else. A name is never looked up. */
    public static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address lies in it; one of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] own = first.getAddress();
        byte[] other = address.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bitOf(own, bit) != bitOf(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private static int bitOf(byte[] bytes, int bit) {
        return bytes[bit / 8] >> (7 - bit % 8) & 1;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
