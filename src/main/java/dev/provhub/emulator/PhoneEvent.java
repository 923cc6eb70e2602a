package dev.provhub.emulator;

import org.jspecify.annotations.Nullable;

/** What a phone did, in the order in which it did it. URLs may hold the device's own directory: do not log them. */
public sealed interface PhoneEvent {

    /** A request is about to be sent; {@code url} is the effective one, redirects not followed. */
    record Requested(String url) implements PhoneEvent {}

    /**
     * A profile was fetched, opened and applied.
     *
     * @param scheme tftp, http or https
     * @param bytes length of the body as it came
     * @param sealed whether it was encrypted
     * @param gzip whether it was compressed
     * @param tlsProtocol such as {@code TLSv1}, null without TLS
     * @param changed how many parameters have another value now
     */
    record Resynced(
            String scheme,
            int bytes,
            boolean sealed,
            boolean gzip,
            @Nullable String tlsProtocol,
            int changed) implements PhoneEvent {}

    /** A rule failed, which ended the resync; {@code reason} is the phone's {@code $ERR}. */
    record ResyncFailed(String reason) implements PhoneEvent {}

    /** The download of an image begins. */
    record UpgradeStarted(String from, String url) implements PhoneEvent {}

    /** A new image runs. */
    record Upgraded(String from, String to, String scheme) implements PhoneEvent {}

    /** The old image goes on running. */
    record UpgradeFailed(String reason) implements PhoneEvent {}
}
