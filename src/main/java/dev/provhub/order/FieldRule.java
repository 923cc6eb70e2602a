package dev.provhub.order;

import dev.provhub.device.MacAddress;
import dev.provhub.device.TimeZones;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a field may hold. Lengths are those of the phones' parameters where the dictionary knows one (63 for user ids and
 * proxies); plan and tenant become names of layer files, so they hold nothing that means something in a path.
 *
 * @param allowed   for people
 * @param canonical the value as the hub keeps it; empty when it is not allowed
 */
record FieldRule(String allowed, Function<String, Optional<String>> canonical) {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");
    private static final int LONGEST_HOST = 63;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_LINES = 99;

    static FieldRule of(OrderField field) {
        return switch (field) {
            case MAC_ADDRESS, PREVIOUS_MAC_ADDRESS ->
                new FieldRule("twelve hex digits, alone or grouped with ':', '-' or '.'", text -> MacAddress.find(text)
                        .filter(MacAddress::isOfDevice)
                        .map(MacAddress::hex));
            case DEVICE_MODEL, USUAL_MODEL -> matching("a name of a model, 1 to 64 characters", "[\\x20-\\x7e]{1,64}");
            case SERIAL_NUMBER ->
                matching("1 to 32 letters, digits, '.', '_' or '-'", "[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
            case LINE_NUMBER -> new FieldRule("a whole number from 1", text -> number(text, MOST_LINES));
            case DIRECTORY_NUMBER ->
                matching(
                        "1 to 32 digits, '*' or '#', a '+' in front, and blanks or ( ) . / - between",
                        "[+0-9*#(][0-9*# ()./-]{0,31}");
            case DISPLAY_NAME -> matching("1 to 64 characters that can be printed", "[^\\p{Cntrl}\\uFFFD]{1,64}");
            case SIP_USER ->
                matching(
                        "1 to 63 characters of a SIP user: letters, digits and - _ . ! ~ * ' ( ) & = + $ , ; ? / %",
                        "[A-Za-z0-9\\-_.!~*'()&=+$,;?/%]{1,63}");
            case SIP_AUTH_USER ->
                matching("1 to 63 printable ASCII characters without blank or '\"'", "[\\x21\\x23-\\x7e]{1,63}");
            case SIP_PASSWORD -> matching("1 to 127 printable ASCII characters", "[\\x20-\\x7e]{1,127}");
            case SIP_DOMAIN ->
                new FieldRule("a host name or IPv4 address of at most 63 characters", FieldRule::hostName);
            case SIP_PROXY ->
                new FieldRule(
                        "host or host:port, the host at most 63 characters, the port from 1 to 65535",
                        FieldRule::hostAndPort);
            case SIP_TRANSPORT ->
                new FieldRule(
                        "UDP, TCP or TLS",
                        text -> matched(text.toUpperCase(Locale.ROOT), Pattern.compile("UDP|TCP|TLS")));
            case PLAN, TENANT ->
                matching(
                        "1 to 63 letters, digits, '.', '_' or '-', a letter or digit in front",
                        "[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
            case TIME_ZONE ->
                new FieldRule(
                        TimeZones.ALLOWED,
                        text -> TimeZones.noSuch(text).isEmpty() ? Optional.of(text) : Optional.empty());
            case SETTINGS -> new FieldRule("parameters of the phone", Optional::of);
            case SERVICE_STATE ->
                new FieldRule(
                        "active, or inactive to suspend the line",
                        text -> matched(text, Pattern.compile("active|inactive")));
            case EXTERNAL_ID -> matching("1 to 255 characters that can be printed", "[^\\p{Cntrl}\\uFFFD]{1,255}");
            case ACTION ->
                new FieldRule("add, modify, delete or noChange", text -> OrderAction.find(text)
                        .map(OrderAction::wireName));
        };
    }

    /** The value as the hub keeps it, empty when it is not allowed. */
    Optional<String> canonical(String text) {
        return canonical.apply(text);
    }

    private static FieldRule matching(String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new FieldRule(allowed, text -> matched(text, compiled));
    }

    private static Optional<String> matched(String text, Pattern pattern) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> number(String text, int highest) {
        if (!text.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(text);
        return number >= 1 && number <= highest ? Optional.of(Integer.toString(number)) : Optional.empty();
    }

    private static Optional<String> hostName(String text) {
        return text.length() <= LONGEST_HOST ? matched(text, HOST) : Optional.empty();
    }

    private static Optional<String> hostAndPort(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return hostName(text);
        }
        return hostName(text.substring(0, colon))
                .flatMap(host -> number(text.substring(colon + 1), HIGHEST_PORT).map(port -> host + ":" + port));
    }
}
