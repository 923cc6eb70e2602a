package dev.provhub.sealing.dataformat;

/** The exchange properties that say how to seal. Never headers: a phone may send headers. */
public final class SealingProperties {
    /** Text: the pass phrase. Secret. */
    public static final String KEY = "hubSealingKey";
    /** {@link dev.provhub.sealing.KeyDigest}: the hash that the receiver knows. */
    public static final String DIGEST = "hubSealingDigest";

    private SealingProperties() {}
}
