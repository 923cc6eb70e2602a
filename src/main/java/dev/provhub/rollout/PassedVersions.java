package dev.provhub.rollout;

import dev.provhub.firmware.FirmwareVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a device has shown since a rollout told it. Only another one is a step on its way: one that goes to and fro, or makes up
 * ever new ones, gets nowhere.
 */
record PassedVersions(List<String> versions) {
    /** More than any way has steps. */
    private static final int MOST = 16;

    /** @param kept as {@link #text} wrote it; null for none */
    static PassedVersions of(@Nullable String kept, @Nullable String... others) {
        return new PassedVersions(
                Stream.concat(Stream.of(Objects.requireNonNullElse(kept, "").split(" ", -1)), Stream.of(others))
                        .filter(Objects::nonNull)
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .toList());
    }

    boolean isStep(String version) {
        return !version.isEmpty()
                && versions.size() < MOST
                && versions.stream()
                        .noneMatch(known -> FirmwareVersion.parse(known).isSameAs(FirmwareVersion.parse(version)));
    }

    /** With one more, if that is a step. */
    PassedVersions with(String version) {
        List<String> more = new ArrayList<>(versions);
        if (isStep(version)) {
            more.add(version);
        }
        return new PassedVersions(List.copyOf(more));
    }

    String text() {
        return String.join(" ", versions);
    }
}
