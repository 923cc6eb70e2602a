package dev.provhub.emulator.profile;

import java.nio.charset.StandardCharsets;
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
 * anything else --> the vendor's compiled form, if somebody opens it
 * </pre>
 *
 * The order is always XML, gzip, encryption; the reverse is not recognised. An open file where a key was given is a corrupt
 * file, and so is an encrypted one where none was.
 */
public final class ProfileOpener {
    private static final String ENCRYPTED = "aes128gcm";

    private final List<PassDigest> digests;
    private final CompiledProfiles compiled;
    private final String mac;

    /**
     * The opener of one phone.
     *
     * @param digests  what the model tries, in order; at least one
     * @param compiled {@link CompiledProfiles#CLOSED} for a phone that knows no such files
     * @param mac      of the phone
     */
    public ProfileOpener(List<PassDigest> digests, CompiledProfiles compiled, String mac) {
        this.digests = List.copyOf(digests);
        this.compiled = compiled;
        this.mac = mac;
    }

    /**
     * How a rule has a file opened.
     *
     * @param contentEncoding the header of this name; empty when there was none
     * @param key             argument of {@code --key}; null when the rule had none
     * @param keyingMaterial  for RFC 8188; null when none is stored, or the model does not know it
     * @param aliases         of {@code --alias}
     */
    public record Terms(
            String contentEncoding,
            @Nullable String key,
            @Nullable String keyingMaterial,
            AliasMap aliases) {
        /** Leaves the secrets out. */
        @Override
        public String toString() {
            return "Terms[" + contentEncoding + "]";
        }
    }

    /**
     * Opens a body.
     *
     * @throws CorruptFileException as a phone would report it
     */
    public OpenedProfile open(byte[] body, Terms terms) throws CorruptFileException {
        if (body.length == 0) {
            throw new CorruptFileException("the body is empty");
        }
        String key = terms.key();
        String keyingMaterial = terms.keyingMaterial();
        if (terms.contentEncoding().toLowerCase(Locale.ROOT).equals(ENCRYPTED)) {
            if (keyingMaterial == null) {
                throw new CorruptFileException("encrypted by RFC 8188, and IKM_HTTP_Encrypt_Content is not set");
            }
            return plain(EncryptedContent.open(body, keyingMaterial), true, terms);
        }
        if (OpensslContainer.isOne(body)) {
            if (key == null) {
                throw new CorruptFileException("encrypted, and the rule has no --key");
            }
            return decrypted(body, key, terms);
        }
        if (!isXml(body) && !Gunzip.isOne(body)) {
            return compiled(body, key == null ? "" : key, terms);
        }
        if (key != null) {
            throw new CorruptFileException("not encrypted, although the rule has --key");
        }
        return plain(body, false, terms);
    }

    private OpenedProfile decrypted(byte[] body, String key, Terms terms) throws CorruptFileException {
        for (PassDigest digest : digests) {
            Optional<byte[]> open = OpensslContainer.open(body, key, digest);
            if (open.isPresent() && (Gunzip.isOne(open.get()) || isXml(open.get()))) {
                return plain(open.get(), true, terms);
            }
        }
        throw new CorruptFileException(
                "does not open with the rule's --key: another key, or another digest than " + digests);
    }

    private OpenedProfile compiled(byte[] body, String key, Terms terms) throws CorruptFileException {
        byte[] open = compiled.open(body, mac, key);
        return isXml(open)
                ? plain(open, true, terms)
                : new OpenedProfile(SpcSourceParser.parse(new String(open, StandardCharsets.UTF_8)), true, false);
    }

    private static OpenedProfile plain(byte[] body, boolean sealed, Terms terms) throws CorruptFileException {
        boolean gzip = Gunzip.isOne(body);
        byte[] xml = gzip ? Gunzip.open(body) : body;
        if (!isXml(xml)) {
            throw new CorruptFileException("neither XML, gzip nor an encrypted file");
        }
        return new OpenedProfile(FlatProfileParser.parse(xml, terms.aliases()), sealed, gzip);
    }

    private static boolean isXml(byte[] body) {
        int at = body.length > 2 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf ? 3 : 0;
        while (at < body.length && Character.isWhitespace(body[at])) {
            at++;
        }
        return at < body.length && body[at] == '<';
    }
}
