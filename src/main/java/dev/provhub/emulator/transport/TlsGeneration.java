package dev.provhub.emulator.transport;

/** What a family can speak (section 5.6), named one by one because the JVM's own list may have been relaxed. */
public enum TlsGeneration {
    /** TLS 1.0 and RSA with AES-CBC-SHA; no server name indication. */
    LEGACY("TLSv1", "TLS_RSA_WITH_AES_256_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA", false),
    /** TLS 1.2 and 1.3. */
    MODERN(
            "TLSv1.3 TLSv1.2",
            "TLS_AES_256_GCM_SHA384 TLS_AES_128_GCM_SHA256"
                    + " TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
                    + " TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            true);

    private final String protocols;
    private final String suites;
    private final boolean serverNameIndication;

    TlsGeneration(String protocols, String suites, boolean serverNameIndication) {
        this.protocols = protocols;
        this.suites = suites;
        this.serverNameIndication = serverNameIndication;
    }

    String[] protocols() {
        return protocols.split(" ", -1);
    }

    String[] suites() {
        return suites.split(" ", -1);
    }

    boolean serverNameIndication() {
        return serverNameIndication;
    }
}
