package dev.provhub.emulator.swarm;

import dev.provhub.emulator.PhoneIdentity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One phone of a plan. Texts about it may hold {@code ${mac}}, {@code ${serial}}, {@code ${model}}, {@code ${number}} (from 0)
 * and {@code ${secret}} (twenty characters that only who knows the plan's secret can tell).
 *
 * @param number from 0
 */
public record Member(SwarmPlan plan, int number, SwarmPlan.Kind kind) {
    private static final int SECRET_BYTES = 10;

    /** Twelve lower-case hex digits. */
    public String mac() {
        return HexFormat.of().toHexDigits(plan.firstMac() + number, 12);
    }

    /** Letters and digits. */
    public String serial() {
        return "VP" + mac().substring(2).toUpperCase(Locale.ROOT);
    }

    PhoneIdentity identity() {
        return new PhoneIdentity(kind.model(), mac(), serial(), kind.firmware());
    }

    /** A text with its holes filled. */
    public String fill(String template) {
        return template.indexOf("${") < 0
                ? template
                : template.replace("${mac}", mac())
                        .replace("${serial}", serial())
                        .replace("${model}", kind.model().productNumber())
                        .replace("${number}", Integer.toString(number))
                        .replace("${secret}", template.contains("${secret}") ? secret() : "");
    }

    private String secret() {
        try {
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(plan.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] made = hmac.doFinal(mac().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(made, 0, SECRET_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }
}
