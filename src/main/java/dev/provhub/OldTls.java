package dev.provhub;

import java.security.Security;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets this JVM speak the TLS of old phones where a listener asks for it, and nowhere else. */
final class OldTls {
    private static final String TLS = "jdk.tls.disabledAlgorithms";
    /** What phones of the SPA generation need; RC4, DES, NULL and export suites stay forbidden. */
    private static final Set<String> NEEDED = Set.of("TLSv1", "TLSv1.1", "MD5withRSA", "DH keySize < 1024");

    private OldTls() {}

    /** Must run before the first class of TLS loads; later it does nothing. */
    static void allow() {
        // What the hub itself calls (a database, later an event listener) stays with the new protocols.
        System.setProperty("jdk.tls.client.protocols", "TLSv1.2,TLSv1.3");
        String forbidden = Security.getProperty(TLS);
        Security.setProperty(
                TLS,
                Arrays.stream(forbidden.split(","))
                        .map(String::strip)
                        .filter(name -> !NEEDED.contains(name))
                        .collect(Collectors.joining(", ")));
    }
}
