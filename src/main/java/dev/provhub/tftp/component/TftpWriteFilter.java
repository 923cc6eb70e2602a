package dev.provhub.tftp.component;

import java.net.InetSocketAddress;

/** Says which names may be written over TFTP, before a byte of the file is taken. */
@FunctionalInterface
public interface TftpWriteFilter {
    /**
     * Whether a name may be written; one that may not is refused with error 2. Called for every request, forged ones too, on the
     * event loop: must be quick and must not block. An exception refuses.
     *
     * @param fileName as it was sent
     * @param remote   who asks
     */
    boolean accepts(String fileName, InetSocketAddress remote);
}
