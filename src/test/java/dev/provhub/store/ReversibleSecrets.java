package dev.provhub.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Hides secrets well enough to see in a test that they passed through, and that they come back to their own row. */
public final class ReversibleSecrets implements SecretColumn {
    private static final String MARK = "sealed:";

    @Override
    public String seal(String plain, String identity) {
        byte[] text = (identity + "\n" + plain).getBytes(StandardCharsets.UTF_8);
        return MARK + Base64.getEncoder().encodeToString(text);
    }

    @Override
    public String open(String sealed, String identity) {
        if (!sealed.startsWith(MARK)) {
            throw new IllegalArgumentException("not sealed");
        }
        String text = new String(Base64.getDecoder().decode(sealed.substring(MARK.length())), StandardCharsets.UTF_8);
        if (!text.startsWith(identity + "\n")) {
            throw new IllegalArgumentException("sealed for another row than " + identity);
        }
        return text.substring(identity.length() + 1);
    }
}
