package dev.provhub.pki;

import dev.provhub.device.MacAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a hub, in one folder: the development CA, the server certificates of both HTTPS listeners, and
 * certificates for virtual devices. Made on first start; a server certificate is made anew when its name has changed or it
 * is about to expire, as long as the development CA signed it.
 */
public final class HubCertificates {
    private static final String CA_NAME = "CN=Provisioning Hub development CA";
    private static final Duration SERVER_LIFE = Duration.ofDays(820);
    private static final Duration DEVICE_LIFE = Duration.ofDays(3650);
    /** How long before its end a server certificate of the development CA is made anew. */
    static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final Path folder;
    private final CertificateFiles files;
    private final Clock clock;
    private final List<String> made = new ArrayList<>();
    private final CertificateAuthority authority;

    private HubCertificates(Path folder, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.files = new CertificateFiles(folder);
        this.clock = clock;
        this.authority = new CertificateAuthority(openAuthority(random), clock, random);
    }

    /**
     * Opens the folder, and makes a development CA when there is none.
     *
     * @throws PkiException naming the file that is not as it must be
     */
    public static HubCertificates open(Path folder, Clock clock, SecureRandom random) {
        try {
            Files.createDirectories(folder);
            return new HubCertificates(folder, clock, random);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        }
    }

    private KeyAndChain openAuthority(SecureRandom random) {
        if (!files.has("ca")) {
            files.store("ca", CertificateAuthority.selfSigned(CA_NAME, clock, random));
            made.add("development CA in " + folder);
        }
        return files.load("ca");
    }

    /** What was made by this call of the program, one line each. */
    public List<String> made() {
        return List.copyOf(made);
    }

    /** Certificate of the development CA. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The same as PEM, as phones may fetch it. */
    public String authorityPem() {
        return Pem.text(authority());
    }

    /**
     * Key and chain of a listener.
     *
     * @param name of the files, e.g. {@code server}
     * @param host becomes the CN, which old phones compare, and one of the subject alternative names
     */
    public KeyAndChain server(String name, String host) {
        if (files.has(name)) {
            KeyAndChain present = files.load(name);
            if (!isOurs(present) || (isFor(present, host) && !isEnding(present))) {
                return present;
            }
        }
        KeyAndChain fresh = authority.server(
                new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host).build(),
                CertificateAuthority.serverNames(host),
                SERVER_LIFE);
        files.store(name, fresh);
        made.add("certificate " + name + ".crt for " + host + " in " + folder);
        return fresh;
    }

    /**
     * What a listener shows to clients that name another host than the usual one: {@code <name>/<host>.crt}, by host.
     *
     * @throws PkiException naming the file that is not as it must be
     */
    public Map<String, KeyAndChain> further(String name) {
        Map<String, KeyAndChain> all = new TreeMap<>();
        files.further(name).forEach(host -> all.put(host, files.load(name + "/" + host)));
        return all;
    }

    /** All that a listener shows; see {@link #server} and {@link #further}. */
    public SwappableIdentity.Shown shown(String name, String host) {
        return new SwappableIdentity.Shown(server(name, host), further(name));
    }

    /** A certificate as a device of the vendor would have it, signed by the development CA: {@code OU=PN, L=serial, ST=mac}. */
    public KeyAndChain issueDevice(MacAddress mac, String serial, String productNumber) {
        return issueDevice(mac, serial, productNumber, newDeviceKey());
    }

    /** A key for {@link #issueDevice(MacAddress, String, String, KeyPair)}; making one takes a tenth of a second or more. */
    public static KeyPair newDeviceKey() {
        return CertificateAuthority.newPair(new SecureRandom());
    }

    /** The same with a key that is there already: very many virtual devices may share one. */
    public KeyAndChain issueDevice(MacAddress mac, String serial, String productNumber, KeyPair pair) {
        return authority.client(
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.OU, productNumber)
                        .addRDN(BCStyle.L, serial)
                        .addRDN(BCStyle.ST, mac.hex())
                        .build(),
                DEVICE_LIFE,
                pair);
    }

    /**
     * A certificate of the hub's own.
     *
     * @param name of its files, e.g. {@code server-legacy}
     */
    public record Own(String name, String subject, String issuer, Instant notAfter) {}

    /** Those that are there: the CA, the listeners', and those for further host names. */
    public List<Own> own() {
        List<String> names = new ArrayList<>(List.of("ca"));
        for (String listener : List.of("server", "server-legacy")) {
            names.add(listener);
            files.further(listener).forEach(host -> names.add(listener + "/" + host));
        }
        List<Own> all = new ArrayList<>();
        for (String name : names) {
            if (files.has(name)) {
                X509Certificate certificate =
                        Pem.certificates(files.certificate(name)).get(0);
                all.add(new Own(
                        name,
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getIssuerX500Principal().getName(),
                        certificate.getNotAfter().toInstant()));
            }
        }
        return all;
    }

    /**
     * Makes a new key, which waits as {@code <name>.pending.key}, and a request for a CA to sign (RFC 2986), as PEM.
     *
     * @param name         of a listener's files, or {@code <listener>/<host>} for a further name
     * @param host         becomes CN and subject alternative name
     * @param organization null to leave it out
     */
    public String request(String name, String host, @Nullable String organization) {
        return new CertificateRequests(files, clock).request(name, host, organization);
    }

    /**
     * Takes in what a CA has signed for the key that waits, or for the one in use.
     *
     * @param name of a listener's files, or {@code <listener>/<host>}: it must then be made out to that host
     * @param file PEM: the certificate, then the CAs above it
     * @return what was taken, a line for people
     * @throws PkiException saying why it is not taken; nothing has changed then
     */
    public String accept(String name, Path file) {
        String host = name.contains("/") ? name.substring(name.indexOf('/') + 1) : null;
        return new CertificateRequests(files, clock).accept(name, host, file);
    }

    private boolean isOurs(KeyAndChain present) {
        return CertificateAuthority.hasSigned(authority(), present.certificate());
    }

    private boolean isEnding(KeyAndChain present) {
        return present.certificate()
                .getNotAfter()
                .toInstant()
                .isBefore(clock.instant().plus(RENEWED_BEFORE_END));
    }

    private static boolean isFor(KeyAndChain present, String host) {
        return present.certificate().getSubjectX500Principal().getName().equals("CN=" + host);
    }

    /**
     * Reads a certificate that somebody else has made.
     *
     * @throws PkiException naming the file that is not as it must be
     */
    public static KeyAndChain load(Path certificate, Path key) {
        return CertificateFiles.load(certificate, key);
    }
}
