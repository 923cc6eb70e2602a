package dev.provhub.emulator.rule;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code 1.0.31(b)}, {@code 2.0.3(0412s)}, {@code 7.5.2b}, {@code 1.4.1(SR5)}: three numbers, then a tail with or without
 * parentheses. The numbers decide first. The tails are compared piece by piece: an empty
 * one is lowest, digits come before letters, digits by value, letters alphabetically without regard to case.
 */
record DottedVersion(List<BigInteger> numbers, List<String> tail) implements FirmwareVersion {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9}){2})(?:\\(([0-9A-Za-z]+)\\)|([A-Za-z][0-9A-Za-z]*))?");
    private static final Pattern BORDER = Pattern.compile("(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])");

    static Optional<DottedVersion> find(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String wrapped = matcher.group(2);
        String bare = matcher.group(3);
        String tail = wrapped != null ? wrapped : bare != null ? bare : "";
        return Optional.of(new DottedVersion(
                Arrays.stream(matcher.group(1).split("\\.", -1))
                        .map(BigInteger::new)
                        .toList(),
                tail.isEmpty() ? List.of() : Arrays.asList(BORDER.split(tail.toLowerCase(Locale.ROOT)))));
    }

    @Override
    public OptionalInt orderTo(FirmwareVersion other) {
        if (!(other instanceof DottedVersion that)) {
            return OptionalInt.empty();
        }
        int order = Arrays.compare(numbers.toArray(new BigInteger[0]), that.numbers.toArray(new BigInteger[0]));
        return OptionalInt.of(order != 0 ? order : tailOrder(that));
    }

    private int tailOrder(DottedVersion that) {
        for (int i = 0; i < Math.min(tail.size(), that.tail.size()); i++) {
            int order = pieceOrder(tail.get(i), that.tail.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(tail.size(), that.tail.size());
    }

    private static int pieceOrder(String left, String right) {
        boolean number = Character.isDigit(left.charAt(0));
        if (number != Character.isDigit(right.charAt(0))) {
            return number ? -1 : 1;
        }
        return number ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }
}
