package dev.provhub.emulator.rule;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sip88xx.11-3-2MPP0001-609}, {@code 11-1-0MPP-19}: major, minor, micro ({@code 2MPP0001} as a unit) decide, the
 * build only among equals; a missing build is lowest. The model prefix before the dot does not count.
 */
record DashedVersion(BigInteger major, BigInteger minor, BigInteger micro, BigInteger release, BigInteger build)
        implements FirmwareVersion {
    private static final Pattern SHAPE = Pattern.compile(
            "(?:[A-Za-z][A-Za-z0-9_]*\\.)?([0-9]{1,9})-([0-9]{1,9})-([0-9]{1,9})MPP([0-9]{0,9})(?:-([0-9]{1,9}))?");

    static Optional<DashedVersion> find(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String release = matcher.group(4);
        String build = matcher.group(5);
        return Optional.of(new DashedVersion(
                new BigInteger(matcher.group(1)),
                new BigInteger(matcher.group(2)),
                new BigInteger(matcher.group(3)),
                release.isEmpty() ? BigInteger.ZERO : new BigInteger(release),
                build == null ? BigInteger.ONE.negate() : new BigInteger(build)));
    }

    @Override
    public OptionalInt orderTo(FirmwareVersion other) {
        return other instanceof DashedVersion that
                ? OptionalInt.of(Arrays.compare(inOrder(), that.inOrder()))
                : OptionalInt.empty();
    }

    private BigInteger[] inOrder() {
        return new BigInteger[] {major, minor, micro, release, build};
    }
}
