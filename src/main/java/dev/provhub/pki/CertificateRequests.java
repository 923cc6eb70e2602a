package dev.provhub.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/** Has certificates of listeners signed by others: the request out, what was signed in. */
record CertificateRequests(CertificateFiles files, Clock clock) {

    String request(String name, String host, @Nullable String organization) {
        KeyPair pair = HubCertificates.newDeviceKey();
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, host);
        if (organization != null) {
            subject.addRDN(BCStyle.O, organization);
        }
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            String request = Pem.text(new JcaPKCS10CertificationRequestBuilder(subject.build(), pair.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
            files.storePending(name, pair.getPrivate());
            return request;
        } catch (IOException | OperatorCreationException e) {
            throw new PkiException("a request for " + host + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** @param host which the certificate must be made out to; null when that does not matter */
    String accept(String name, @Nullable String host, Path file) {
        List<X509Certificate> chain = Pem.certificates(file);
        X509Certificate own = chain.get(0);
        PrivateKey key = files.pendingOrPresentKey(name)
                .orElseThrow(() -> new PkiException("no key waits for it in " + files.folder() + " as " + name
                        + ".pending.key; './hub cert csr' makes one and the request that fits"));
        KeyAndChain fresh = new KeyAndChain(key, chain);
        if (!CertificateFiles.belongTogether(fresh)) {
            throw new PkiException(file + ": its first certificate is not of the key that waits in " + files.folder()
                    + "; './hub cert csr' makes the request that fits");
        }
        if (own.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new PkiException(file + ": it ended on " + own.getNotAfter().toInstant());
        }
        if (host != null && !ServerNames.include(own, host)) {
            throw new PkiException(
                    file + ": it is for " + String.join(", ", ServerNames.of(own)) + " and not for " + host);
        }
        for (int link = 0; link + 1 < chain.size(); link++) {
            if (!chain.get(link)
                    .getIssuerX500Principal()
                    .equals(chain.get(link + 1).getSubjectX500Principal())) {
                throw new PkiException(
                        file + ": certificate " + (link + 2) + " is not the CA of certificate " + (link + 1));
            }
        }
        files.store(name, fresh);
        files.deletePending(name);
        return name + ".crt is now " + own.getSubjectX500Principal().getName() + ", signed by "
                + own.getIssuerX500Principal().getName() + ", until "
                + own.getNotAfter().toInstant();
    }
}
