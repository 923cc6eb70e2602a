package dev.provhub.tftp.server;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** How many transfers each address has, and each block of addresses (/24 of IPv4, /56 of IPv6). Event loop only. */
final class AddressCounts {
    private static final int IPV4_BLOCK_BYTES = 3;
    private static final int IPV6_BLOCK_BYTES = 7;

    private final int mostOfAddress;
    private final int mostOfBlock;
    private final Map<Object, Integer> counts = new HashMap<>();

    AddressCounts(TftpServerSettings settings) {
        this.mostOfAddress = settings.maxTransfersPerAddress();
        this.mostOfBlock = settings.maxTransfersPerBlock();
    }

    /** Whether one more is allowed; 0 allows any number. */
    boolean hasRoom(InetAddress address) {
        return (mostOfAddress == 0 || counts.getOrDefault(address, 0) < mostOfAddress)
                && (mostOfBlock == 0 || counts.getOrDefault(block(address), 0) < mostOfBlock);
    }

    void add(InetAddress address, int more) {
        if (mostOfAddress > 0) {
            count(address, more);
        }
        if (mostOfBlock > 0) {
            count(block(address), more);
        }
    }

    private void count(Object key, int more) {
        counts.compute(key, (same, count) -> {
            int now = (count == null ? 0 : count) + more;
            return now <= 0 ? null : now;
        });
    }

    private static Object block(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = bytes.length == 4 ? IPV4_BLOCK_BYTES : IPV6_BLOCK_BYTES;
        return java.nio.ByteBuffer.wrap(Arrays.copyOf(bytes, length));
    }
}
