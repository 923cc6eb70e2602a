package dev.provhub.emulator.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a downloaded body as a phone does: never at its name or type, only at its first bytes.
 *
 * <pre>
 * aes128gcm header --> RFC 8188 --.
 * "Salted__" --> AES-256-CBC ----+--> 1f 8b --> inflate --> '&lt;' --> parse
 * </pre>
 *
 * The order is always XML, gzip, encryption; the reverse is not recognised. Anything else, an SPC file among it, is a
 * corrupt file, and so is an open file where a key was given.
 */
public final class ProfileOpener {
    private static final String ENCRYPTED = "aes128gcm";

    private final List<PassDigest> digests;

    /** @param digests what the model tries, in order; at least one */
    public ProfileOpener(List<PassDigest> digests) {
        this.digests = List.copyOf(digests);
    }

    /**
     * Opens a body.
     *
     * @param body            what was downloaded
     * @param contentEncoding the header of this name; empty when there was none
     * @param key             argument of {@code --key}; null when the rule had none
     * @param keyingMaterial  for RFC 8188; null when none is stored, or the model does not know it
     * @throws CorruptFileException as a phone would report it
     */
    public OpenedProfile open(
            byte[] body, String contentEncoding, @Nullable String key, @Nullable String keyingMaterial)
            throws CorruptFileException {
        if (body.length == 0) {
            throw new CorruptFileException("the body is empty");
        }
        if (keyingMaterial != null && contentEncoding.toLowerCase(Locale.ROOT).equals(ENCRYPTED)) {
            return plain(EncryptedContent.open(body, keyingMaterial), true);
        }
        if (OpensslContainer.isOne(body)) {
            if (key == null) {
                throw new CorruptFileException("encrypted, and the rule has no --key");
            }
            return decrypted(body, key);
        }
        if (key != null) {
            throw new CorruptFileException("not encrypted, although the rule has --key");
        }
        return plain(body, false);
    }

    private OpenedProfile decrypted(byte[] body, String key) throws CorruptFileException {
        for (PassDigest digest : digests) {
            Optional<byte[]> open = OpensslContainer.open(body, key, digest);
            if (open.isPresent() && (Gunzip.isOne(open.get()) || isXml(open.get()))) {
                return plain(open.get(), true);
            }
        }
        throw new CorruptFileException("does not open with the rule's --key");
    }

    private static OpenedProfile plain(byte[] body, boolean sealed) throws CorruptFileException {
        boolean gzip = Gunzip.isOne(body);
        byte[] xml = gzip ? Gunzip.open(body) : body;
        if (!isXml(xml)) {
            throw new CorruptFileException("neither XML, gzip nor an encrypted file");
        }
        return new OpenedProfile(FlatProfileParser.parse(xml), sealed, gzip);
    }

    private static boolean isXml(byte[] body) {
        int at = body.length > 2 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf ? 3 : 0;
        while (at < body.length && Character.isWhitespace(body[at])) {
            at++;
        }
        return at < body.length && body[at] == '<';
    }
}
