package dev.provhub.emulator.profile;

/** The hash by which a device makes key and IV from a pass phrase. */
public enum PassDigest {
    /** SPA and ATA: openssl 0.9.7. */
    MD5("MD5"),
    /** MPP: openssl 1.1.1. */
    SHA256("SHA-256");

    private final String algorithm;

    PassDigest(String algorithm) {
        this.algorithm = algorithm;
    }

    String algorithm() {
        return algorithm;
    }
}
