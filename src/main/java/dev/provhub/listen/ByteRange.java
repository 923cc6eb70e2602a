package dev.provhub.listen;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of a file, as {@code Range: bytes=…} asks for it (RFC 9110, section 14.2).
 *
 * @param first from 0
 * @param last  included; below {@code first} when the range lies outside the file
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Empty when nothing, several ranges or nonsense is asked for: then the whole file is sent, as the RFC allows. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher matcher = ONE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
            return Optional.of(new ByteRange(size - suffix, size - 1));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        // No range at all by section 14.1.1, and not one outside the file
        return last < first ? Optional.empty() : Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    boolean isSatisfiable(long size) {
        return first < size && first <= last;
    }

    long length() {
        return last - first + 1;
    }
}
