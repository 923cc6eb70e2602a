package dev.provhub.order;

import dev.provhub.device.MacAddress;

/** Makes SIP passwords for lines whose orders say none. Thread-safe. */
@FunctionalInterface
public interface GeneratedPasswords {
    /** For where nothing is kept: it shows that there would be one. */
    GeneratedPasswords SHOWN = (mac, lineNumber, user, domain) -> "(generated)";

    /**
     * The password of a line. Always the same for the same line, user and domain, and nobody can tell it from them.
     *
     * @param lineNumber from 1
     */
    String of(MacAddress mac, int lineNumber, String user, String domain);
}
