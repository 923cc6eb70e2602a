package dev.provhub.device;

import org.jspecify.annotations.Nullable;

/**
 * One SIP line of a device.
 *
 * @param number          from 1 to the number of lines of the device's model
 * @param directoryNumber the telephone number people dial; null when not told
 * @param displayName     null when not told
 * @param sipUser         user part of the SIP address
 * @param sipAuthUser     name for digest authentication where it differs from the user; null when it does not
 * @param sipPassword     secret
 * @param sipDomain       domain of the SIP address
 * @param sipProxy        {@code host[:port]}; null when the domain is the proxy
 * @param sipTransport    {@code UDP}, {@code TCP} or {@code TLS}; null for what the layers say
 * @param suspended       whether the device is not given it for the time being, and what it holds of it is taken away
 */
public record Line(
        int number,
        @Nullable String directoryNumber,
        @Nullable String displayName,
        String sipUser,
        @Nullable String sipAuthUser,
        String sipPassword,
        String sipDomain,
        @Nullable String sipProxy,
        @Nullable String sipTransport,
        boolean suspended) {

    /** @throws IllegalArgumentException when the number is below 1 */
    public Line {
        if (number < 1) {
            throw new IllegalArgumentException("line number " + number + " is below 1");
        }
    }

    /** A line that is in service. */
    public Line(
            int number,
            @Nullable String directoryNumber,
            @Nullable String displayName,
            String sipUser,
            @Nullable String sipAuthUser,
            String sipPassword,
            String sipDomain,
            @Nullable String sipProxy,
            @Nullable String sipTransport) {
        this(
                number,
                directoryNumber,
                displayName,
                sipUser,
                sipAuthUser,
                sipPassword,
                sipDomain,
                sipProxy,
                sipTransport,
                false);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Line[" + number + " " + sipUser + "@" + sipDomain + "]";
    }
}
