package dev.provhub.pki;

import org.jspecify.annotations.Nullable;

/**
 * Which CA a server certificate leads to.
 *
 * @param authority name of the CA, {@link #OWN} for the development CA; null when it is none of those that are known
 * @param how       how that is known
 * @param issuer    who has signed the last certificate of the chain, as it calls itself
 */
public record ChainOrigin(@Nullable String authority, How how, String issuer) {
    /** Name of the development CA. */
    public static final String OWN = "development";

    /** How a CA is known. */
    public enum How {
        /** Its key has signed the chain. */
        SIGNATURE,
        /** It is called so; anybody can call himself so. */
        NAME,
        /** Nothing is known of it. */
        UNKNOWN,
        /** A certificate of the chain is not signed by the next one. */
        BROKEN
    }

    /** Whether it is sure who has signed. */
    public boolean isSure() {
        return how == How.SIGNATURE;
    }
}
