package dev.provhub.emulator.transport;

import java.util.Optional;

/** Reads a Location header: a whole URL, or a path on the same server. Other transports than HTTP are not followed. */
record Location(PhoneUrl from) {
    Optional<PhoneUrl> resolve(String header) {
        String text = header.strip();
        if (text.startsWith("/") && !text.startsWith("//")) {
            return Optional.of(from.withPath(text));
        }
        return PhoneUrl.parse(text).filter(url -> url.scheme() != Scheme.TFTP);
    }
}
