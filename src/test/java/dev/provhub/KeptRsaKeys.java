package dev.provhub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the JVM of the tests RSA keys of 2048 bits that were made before, in turns. Each hub makes three, and with the first
 * compiler alone they would take most of the time of its start. They protect nothing: they are in the sources.
 */
public final class KeptRsaKeys implements LauncherSessionListener {
    private static final int BITS = 2048;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Security.insertProviderAt(new Kept(), 1);
    }

    private static final class Kept extends Provider {
        private static final long serialVersionUID = 1L;

        Kept() {
            super("KeptRsaKeys", "1", "RSA keys for tests");
            putService(new Service(this, "KeyPairGenerator", "RSA", Keys.class.getName(), List.of(), null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Keys();
                }
            });
        }
    }

    private static final class Keys extends KeyPairGeneratorSpi {
        private static final AtomicInteger NEXT = new AtomicInteger();
        private static final List<KeyPair> PAIRS = read();

        private int bits = BITS;
        private SecureRandom random = new SecureRandom();

        @Override
        public void initialize(int size, SecureRandom from) {
            bits = size;
            random = from;
        }

        @Override
        public KeyPair generateKeyPair() {
            return bits == BITS ? PAIRS.get(Math.floorMod(NEXT.getAndIncrement(), PAIRS.size())) : made();
        }

        private KeyPair made() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
                generator.initialize(bits, random);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<KeyPair> read() {
            try (InputStream file = KeptRsaKeys.class.getResourceAsStream("rsa-2048.txt")) {
                KeyFactory keys = KeyFactory.getInstance("RSA");
                return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .map(line -> pair(keys, line))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static KeyPair pair(KeyFactory keys, String line) {
            try {
                RSAPrivateCrtKey secret = (RSAPrivateCrtKey) keys.generatePrivate(
                        new PKCS8EncodedKeySpec(Base64.getDecoder().decode(line)));
                PublicKey open =
                        keys.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
                return new KeyPair(open, secret);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
