package dev.provhub.store;

/** Encrypts what a column must not hold in clear. Thread-safe. */
public interface SecretColumn {
    /**
     * Encrypts.
     *
     * @param plain    the secret
     * @param identity names row and column, e.g. {@code device_line/000e08aabbcc/1/sip_password}; what is sealed for one cannot
     *                 be opened as another
     * @return text of printable ASCII, another one each time
     */
    String seal(String plain, String identity);

    /**
     * Decrypts.
     *
     * @throws RuntimeException when it was not sealed under this key for this identity, or was altered
     */
    String open(String sealed, String identity);
}
