package dev.provhub.sealing;

/** Which hash makes key and IV from the pass phrase in the OpenSSL container. */
public enum KeyDigest {
    /** The default of {@code openssl enc} before 1.1.0: SPA and ATA. */
    MD5,
    /** The default of {@code openssl enc} from 1.1.0 on: MPP. */
    SHA256
}
