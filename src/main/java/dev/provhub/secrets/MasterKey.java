package dev.provhub.secrets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The key under which every secret in the database is sealed. It lies in a file outside the database, so that neither a
 * copy of the database nor a backup of it gives anything away.
 */
public final class MasterKey {
    private static final int KEY_BYTES = 32;
    private static final int ID_CHARACTERS = 8;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private final byte[] key;
    private final String id;

    private MasterKey(byte[] key) {
        this.key = key;
        this.id = idOf(key);
    }

    /**
     * Reads the key, or makes one when the file is not there.
     *
     * @throws SecretException when the file is not 64 hex digits or others may read it; the message names the file
     */
    public static MasterKey openOrCreate(Path file, SecureRandom random) {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            random.nextBytes(fresh);
            SecretFile.write(file, HexFormat.of().formatHex(fresh) + "\n");
        }
        String text = SecretFile.read(file).strip();
        if (!FORM.matcher(text).matches()) {
            throw new SecretException(file + " is no master key: 64 lower-case hex digits are expected");
        }
        return new MasterKey(HexFormat.of().parseHex(text));
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
