package dev.provhub.emulator.profile;

import org.jspecify.annotations.Nullable;

/** Encrypts what a phone reports (section 2.2): {@code --key} comes before stored keying material. */
public final class ReportSealer {
    private ReportSealer() {}

    /**
     * What is sent.
     *
     * @param encoding {@code aes128gcm}, or empty
     */
    // A body is handed over, never compared
    @SuppressWarnings("ArrayRecordComponent")
    public record Sealed(byte[] bytes, String encoding, boolean encrypted) {}

    /**
     * Encrypts a report.
     *
     * @param key            of the rule; null for none
     * @param keyingMaterial for RFC 8188; null for none
     * @param digest         the first that the model tries
     */
    public static Sealed seal(byte[] plain, @Nullable String key, @Nullable String keyingMaterial, PassDigest digest) {
        if (key != null) {
            return new Sealed(OpensslContainer.seal(plain, key, digest), "", true);
        }
        return keyingMaterial == null
                ? new Sealed(plain, "", false)
                : new Sealed(EncryptedContent.seal(plain, keyingMaterial), "aes128gcm", true);
    }
}
