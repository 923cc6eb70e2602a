package dev.provhub.firmware;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A firmware version in one of the two grammars that phones compare (device protocol, section 4.1):
 *
 * <ul>
 *   <li>SPA: {@code 7.5.2b}, {@code 6.1.5(a)}, {@code 1.4.1(SR5)}: three numbers, then a tail; no tail is lowest, digits come
 *       before letters, so that {@code (SR5)} is below {@code (SR10)}; brackets do not count
 *   <li>MPP and ATA: {@code 11-3-2MPP0001-609}, {@code sip88xx.11-0-1MPP-376}: numbers, what follows {@code MPP}, the build,
 *       which is lowest when it is missing; a prefix up to a dot does not count
 * </ul>
 *
 * Any other text is a version too, but one that has no order.
 */
public final class FirmwareVersion {
    private static final Pattern DOTTED =
            Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:\\(([0-9A-Za-z]+)\\)|([A-Za-z][0-9A-Za-z]*))?");
    private static final Pattern DASHED =
            Pattern.compile("(\\d{1,6})-(\\d{1,6})-(\\d{1,6})MPP(\\d{0,6})(?:-(\\d{1,9}))?");
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[a-z]+");
    private static final Pattern PREFIX = Pattern.compile("^[A-Za-z]\\w*\\.(?=\\d+-)");
    /** The three numbers in front are alike in all grammars: {@code 11.2(3)}, {@code 11.2.3SR1}, {@code 11-3-1MSR3-3}. */
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})[.-](\\d{1,6})[.(-](\\d{1,6})(?!\\d).*");

    private static final Pattern THREE = Pattern.compile("\\d{1,6}-\\d{1,6}-\\d{1,6}");

    private static final int MISSING = -1;

    private final String text;
    private final Grammar grammar;
    private final List<Integer> numbers;
    private final List<String> tail;

    private FirmwareVersion(String text, Grammar grammar, List<Integer> numbers, List<String> tail) {
        this.text = text;
        this.grammar = grammar;
        this.numbers = numbers;
        this.tail = tail;
    }

    private enum Grammar {
        DOTTED,
        DASHED,
        NONE
    }

    /** Reads a version as a device reports it or a catalog names it. Never fails: see {@link #isOrdered}. */
    public static FirmwareVersion parse(String text) {
        String plain = PREFIX.matcher(text.strip()).replaceFirst("");
        Matcher dotted = DOTTED.matcher(plain);
        if (dotted.matches()) {
            String tail = dotted.group(4) != null ? dotted.group(4) : dotted.group(5);
            return new FirmwareVersion(plain, Grammar.DOTTED, numbers(dotted, 3), pieces(tail == null ? "" : tail));
        }
        Matcher dashed = DASHED.matcher(plain);
        if (dashed.matches()) {
            return new FirmwareVersion(plain, Grammar.DASHED, numbers(dashed, 5), List.of());
        }
        return new FirmwareVersion(plain, Grammar.NONE, List.of(), List.of());
    }

    private static List<Integer> numbers(Matcher matcher, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String digits = matcher.group(i);
            numbers.add(digits == null || digits.isEmpty() ? MISSING : Integer.valueOf(digits));
        }
        return List.copyOf(numbers);
    }

    private static List<String> pieces(String tail) {
        return PIECE.matcher(tail.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** Whether it fits one of the grammars in full, so that phones know its place. */
    public boolean isOrdered() {
        return grammar == Grammar.DOTTED || (grammar == Grammar.DASHED && numbers.get(4) != MISSING);
    }

    /**
     * Whether it may stand in a condition, where there are no brackets: without them the {@code (004p)} of {@code 1.3.5(004p)} would
     * lengthen the number before it.
     */
    public boolean isOperand() {
        return isOrdered() && (tail.isEmpty() || !Character.isDigit(tail.get(0).charAt(0)));
    }

    /** Whether it begins with three numbers, as every version does that a phone has been seen to report. */
    public boolean isVersion() {
        return grammar != Grammar.NONE || RELEASE.matcher(text).matches();
    }

    /** Which grammar it is of, as a text that means nothing else. */
    String grammar() {
        return grammar.name();
    }

    /** Whether both are of the same grammar. */
    public boolean isComparableTo(FirmwareVersion other) {
        return grammar == other.grammar && grammar != Grammar.NONE;
    }

    /** @throws IllegalArgumentException when they are of different grammars or of none */
    public boolean isBelow(FirmwareVersion other) {
        return compare(other) < 0;
    }

    /** Whether both name the same version, however it is written. */
    public boolean isSameAs(FirmwareVersion other) {
        return isComparableTo(other) ? compare(other) == 0 : text.equals(other.text);
    }

    /**
     * Whether its first three numbers are those of a release or above, whatever grammar both are of.
     *
     * @param first the release, as in {@code 11.2.3}
     * @return false also when one of them does not begin with three numbers
     */
    public boolean isOfReleaseOrAbove(String first) {
        Matcher own = RELEASE.matcher(text);
        Matcher least = RELEASE.matcher(first);
        if (!own.matches() || !least.matches()) {
            return false;
        }
        for (int part = 1; part <= 3; part++) {
            int order = Integer.compare(Integer.parseInt(own.group(part)), Integer.parseInt(least.group(part)));
            if (order != 0) {
                return order > 0;
            }
        }
        return true;
    }

    /** Whether a text is a release of the dashed grammar: three numbers and nothing else, as {@code 11-0-0}. */
    static boolean isRelease(String text) {
        return THREE.matcher(text.strip()).matches();
    }

    /** Whether its first three numbers are those of a release that has no more. */
    boolean isOfRelease(String release) {
        Matcher own = RELEASE.matcher(text);
        Matcher asked = RELEASE.matcher(release);
        return isRelease(release)
                && own.matches()
                && asked.matches()
                && compareRelease(parse(release)).isEmpty();
    }

    /** The order of the three numbers in front, whatever the grammars are; empty when they are the same or one has none. */
    OptionalInt compareRelease(FirmwareVersion other) {
        Matcher own = RELEASE.matcher(text);
        Matcher others = RELEASE.matcher(other.text);
        if (!own.matches() || !others.matches()) {
            return OptionalInt.empty();
        }
        for (int part = 1; part <= 3; part++) {
            int order = Integer.compare(Integer.parseInt(own.group(part)), Integer.parseInt(others.group(part)));
            if (order != 0) {
                return OptionalInt.of(order);
            }
        }
        return OptionalInt.empty();
    }

    private int compare(FirmwareVersion other) {
        if (!isComparableTo(other)) {
            throw new IllegalArgumentException("versions " + text + " and " + other.text + " have no order");
        }
        for (int i = 0; i < numbers.size(); i++) {
            int order = Integer.compare(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        for (int i = 0; i < Math.min(tail.size(), other.tail.size()); i++) {
            int order = comparePieces(tail.get(i), other.tail.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(tail.size(), other.tail.size());
    }

    private static int comparePieces(String left, String right) {
        boolean bothNumbers = Character.isDigit(left.charAt(0)) && Character.isDigit(right.charAt(0));
        return bothNumbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }

    /** From low to high; for versions of one grammar only. */
    static Comparator<FirmwareVersion> order() {
        return FirmwareVersion::compare;
    }

    /**
     * The three numbers in front alone: the lowest version that has them.
     *
     * @return empty for a version of which that is not known, or which is that
     */
    public Optional<FirmwareVersion> withoutTail() {
        return grammar == Grammar.DOTTED && !tail.isEmpty()
                ? Optional.of(parse(numbers.get(0) + "." + numbers.get(1) + "." + numbers.get(2)))
                : Optional.empty();
    }

    /**
     * How it stands in a condition: in full, without prefix and brackets.
     *
     * @throws IllegalArgumentException when it cannot stand in one
     */
    public String operand() {
        if (!isOperand()) {
            throw new IllegalArgumentException("version " + text + " cannot stand in a condition");
        }
        return text.replace("(", "").replace(")", "");
    }

    /** As it was written, without the prefix. */
    @Override
    public String toString() {
        return text;
    }
}
