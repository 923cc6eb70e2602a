package dev.provhub.pki;

import dev.provhub.secrets.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Certificates and their keys in one folder.
 *
 * <pre>
 * ca.crt ca.key   server.crt server.key   server.pending.key   server/&lt;further host&gt;.crt …
 * </pre>
 */
record CertificateFiles(Path folder) {
    private static final String CERTIFICATE = ".crt";
    private static final String KEY = ".key";
    private static final String PENDING = ".pending.key";

    boolean has(String name) {
        return Files.exists(certificate(name));
    }

    Path certificate(String name) {
        return folder.resolve(name + CERTIFICATE);
    }

    /** Host names for which a listener has further certificates, in order. */
    List<String> further(String listener) {
        Path below = folder.resolve(listener);
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(below)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(CERTIFICATE))
                    .map(file -> file.substring(0, file.length() - CERTIFICATE.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + below, e);
        }
    }

    KeyAndChain load(String name) {
        return load(certificate(name), folder.resolve(name + KEY));
    }

    static KeyAndChain load(Path certificate, Path key) {
        KeyAndChain pair = new KeyAndChain(Pem.privateKey(key), Pem.certificates(certificate));
        if (!belongTogether(pair)) {
            throw new PkiException(key + " is not the key of " + certificate.getFileName());
        }
        return pair;
    }

    void store(String name, KeyAndChain pair) {
        try {
            SecretFile.write(folder.resolve(name + KEY), pair.keyPem());
            Path part = folder.resolve(name + ".crt.part");
            Files.writeString(part, pair.chainPem());
            Files.move(part, certificate(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write certificates into " + folder, e);
        }
    }

    void storePending(String name, PrivateKey key) {
        SecretFile.write(folder.resolve(name + PENDING), Pem.text(key));
    }

    /** The key that waits for its certificate, else the one in use; empty when there is neither. */
    Optional<PrivateKey> pendingOrPresentKey(String name) {
        return Stream.of(PENDING, KEY)
                .map(kind -> folder.resolve(name + kind))
                .filter(Files::exists)
                .findFirst()
                .map(Pem::privateKey);
    }

    void deletePending(String name) {
        Path pending = folder.resolve(name + PENDING);
        try {
            Files.deleteIfExists(pending);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + pending, e);
        }
    }

    static boolean belongTogether(KeyAndChain pair) {
        try {
            PublicKey publicKey = pair.certificate().getPublicKey();
            Signature signature =
                    Signature.getInstance("RSA".equals(publicKey.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA");
            byte[] probe = {1, 2, 3};
            signature.initSign(pair.key());
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
