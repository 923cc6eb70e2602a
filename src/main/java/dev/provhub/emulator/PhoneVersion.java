package dev.provhub.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as a condition compares it (protocol section 4.1): {@code 6.1.5(a)} of the SPA, {@code sip88xx.11-3-2MPP0001-609}
 * of the multiplatform phones without its prefix, {@code 11-1-0MPP0401-002} of the ATA19x.
 */
final class PhoneVersion {

    private static final Pattern SPA = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})\\(?([0-9A-Za-z]*)\\)?");
    private static final Pattern MPP =
            Pattern.compile("(?:[A-Za-z0-9_]+\\.)?(\\d{1,9})-(\\d{1,9})-(\\d{1,9})MPP(\\d{0,9})(?:-(\\d{1,9}))?");
    private static final Pattern RUN = Pattern.compile("\\d{1,18}|[a-z]+");

    private final boolean mpp;
    private final List<String> parts;

    private PhoneVersion(boolean mpp, List<String> parts) {
        this.mpp = mpp;
        this.parts = parts;
    }

    /** The version that a text says, empty where the phones' grammar does not know its shape. */
    static Optional<PhoneVersion> parse(String text) {
        Matcher spa = SPA.matcher(text);
        if (spa.matches()) {
            List<String> parts = new ArrayList<>(List.of(spa.group(1), spa.group(2), spa.group(3)));
            parts.addAll(runs(spa.group(4)));
            return Optional.of(new PhoneVersion(false, parts));
        }
        Matcher mpp = MPP.matcher(text);
        if (mpp.matches()) {
            String build = mpp.group(5) == null ? "" : mpp.group(5);
            return Optional.of(
                    new PhoneVersion(true, List.of(mpp.group(1), mpp.group(2), mpp.group(3), mpp.group(4), build)));
        }
        return Optional.empty();
    }

    private static List<String> runs(String tail) {
        return RUN.matcher(tail.toLowerCase(Locale.ROOT))
                .results()
                .map(run -> run.group())
                .toList();
    }

    /** Negative, zero or positive; empty where the two are of different kinds and cannot be compared. */
    Optional<Integer> compareWith(PhoneVersion other) {
        if (mpp != other.mpp) {
            return Optional.empty();
        }
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = compareParts(part(i), other.part(i));
            if (order != 0) {
                return Optional.of(order);
            }
        }
        return Optional.of(0);
    }

    private String part(int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    /** Nothing before numbers before letters. */
    private static int compareParts(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        if (left.isEmpty() || right.isEmpty() || leftNumber == rightNumber) {
            return left.compareTo(right);
        }
        return leftNumber ? -1 : 1;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && Character.isDigit(part.charAt(0));
    }
}
