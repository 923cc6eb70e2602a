package dev.provhub.secrets;

import dev.provhub.device.DeviceKey;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes secrets out of nothing. Thread-safe. */
public final class RandomSecrets {
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int KEY_BYTES = 32;
    /** 26 characters of five bits are 130 bits. */
    private static final int DIRECTORY_CHARACTERS = 26;

    private static final int ID_CHARACTERS = 10;

    private final SecureRandom random;

    /** @param random thread-safe */
    public RandomSecrets(SecureRandom random) {
        this.random = random;
    }

    /** A new key and directory for a device. */
    public DeviceKey newDeviceKey() {
        return new DeviceKey(hex(), base32(DIRECTORY_CHARACTERS));
    }

    /** What a device's derived secrets are made from: 256 bits as hex. */
    public String newSeed() {
        return hex();
    }

    /** A token for the administration interface: 256 bits as hex. */
    public String newToken() {
        return hex();
    }

    /** Names a token without telling anything of it: 50 bits in base32. */
    public String newTokenId() {
        return base32(ID_CHARACTERS);
    }

    private String hex() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String base32(int characters) {
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            text.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return text.toString();
    }
}
