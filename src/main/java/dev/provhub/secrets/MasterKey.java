package dev.provhub.secrets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The key under which every secret in the database is sealed. It lies in a file outside the database, so that neither a
 * copy of the database nor a backup of it gives anything away.
 */
public final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 8;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private final byte[] key;
    private final String id;

    private MasterKey(byte[] key) {
        this.key = key;
        this.id = idOf(key);
    }

    /**
     * Reads the key, or makes one when the file is not there. Of several keys it is the first one.
     *
     * @throws SecretException when the file is not 64 hex digits or others may read it; the message names the file
     */
    public static MasterKey openOrCreate(Path file, SecureRandom random) {
        if (!Files.exists(file)) {
            SecretFile.write(file, fresh(random).text() + "\n");
        }
        return parseAll(SecretFile.read(file), file.toString()).get(0);
    }

    /** A new one. */
    public static MasterKey fresh(SecureRandom random) {
        byte[] fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        return new MasterKey(fresh);
    }

    /**
     * Reads keys that stand one after the other, parted by blanks, commas or lines.
     *
     * @param origin names where the text is from
     * @return at least one
     * @throws SecretException when there is none, or one is neither hex nor base64 of 32 bytes; the message names the origin
     */
    public static List<MasterKey> parseAll(String text, String origin) {
        List<MasterKey> keys = Arrays.stream(text.strip().split("[\\s,]+"))
                .map(word -> parse(word, origin))
                .toList();
        if (keys.stream().map(MasterKey::id).distinct().count() < keys.size()) {
            throw new SecretException(origin + " holds the same master key twice");
        }
        return keys;
    }

    private static MasterKey parse(String word, String origin) {
        if (HEX.matcher(word).matches()) {
            return new MasterKey(HexFormat.of().parseHex(word));
        }
        if (BASE64.matcher(word).matches()) {
            return new MasterKey(Base64.getDecoder().decode(word));
        }
        throw new SecretException(
                origin + " is no master key: 64 lower-case hex digits are expected, or base64 of 32 bytes");
    }

    /** Keys as files hold them, a line each. Secret. */
    public static String texts(List<MasterKey> keys) {
        return keys.stream().map(MasterKey::text).collect(Collectors.joining("\n"));
    }

    /** As files hold it: 64 lower-case hex digits. Secret. */
    String text() {
        return HexFormat.of().formatHex(key);
    }

    /** Names the key without telling it: eight hex digits of its SHA-256. */
    public String id() {
        return id;
    }

    /** The key itself; the caller must not keep or change it. */
    byte[] bytes() {
        return key;
    }

    private static String idOf(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(hash).substring(0, ID_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not to be had", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
