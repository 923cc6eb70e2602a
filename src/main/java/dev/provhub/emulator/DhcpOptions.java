package dev.provhub.emulator;

import java.util.Map;
import java.util.Optional;

/**
 * What the DHCP server of the house told the phone.
 *
 * @param values text by option number; 66, 150, 159 and 160 matter. Addresses of option 150 are separated by commas
 */
public record DhcpOptions(Map<Integer, String> values) {
    /** Nothing that helps. */
    public static final DhcpOptions NONE = new DhcpOptions(Map.of());

    /** Copies the map. */
    public DhcpOptions {
        values = Map.copyOf(values);
    }

    /** Option 66 alone: a host, or a URL with or without a file name. */
    public static DhcpOptions tftpServerName(String text) {
        return new DhcpOptions(Map.of(66, text));
    }

    /** Empty when the option is not there or blank. */
    Optional<String> value(int option) {
        return Optional.ofNullable(values.get(option)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
