package dev.provhub.emulator.transport;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads files of CAs; phones that share one keep one copy of what they are all told to trust. Thread-safe. */
public final class CaFiles {
    private byte[] lastPem = {};
    private List<X509Certificate> last = List.of();

    /**
     * Reads a file.
     *
     * @param pem one or more PEM certificates
     * @return at least one, not to be changed
     * @throws CertificateException when there is none, or one cannot be read
     */
    synchronized List<X509Certificate> read(byte[] pem) throws CertificateException {
        if (last.isEmpty() || !Arrays.equals(pem, lastPem)) {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                found.add((X509Certificate) certificate);
            }
            if (found.isEmpty()) {
                throw new CertificateException("no certificate in the CA file");
            }
            last = List.copyOf(found);
            lastPem = pem.clone();
        }
        return last;
    }
}
