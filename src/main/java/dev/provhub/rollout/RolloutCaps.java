package dev.provhub.rollout;

import dev.provhub.firmware.DownloadCaps;
import dev.provhub.firmware.FirmwareCatalog;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The caps of rollouts: a file belongs to each that gives firmware to its family, also the steps on the way. Of two the smaller counts.
 *
 * @param board   what rollouts there are
 * @param catalog as it is now
 * @param turned  told of each download that is turned away
 */
public record RolloutCaps(RolloutBoard board, Supplier<FirmwareCatalog> catalog, TurnedAway turned)
        implements DownloadCaps {
    @Override
    public void turnedAway(String file) {
        catalog.get().familyOf(file).ifPresent(turned::note);
    }

    @Override
    public Optional<Cap> of(String file) {
        return board.capped().isEmpty()
                ? Optional.empty()
                : catalog.get().familyOf(file).flatMap(this::ofFamily);
    }

    private Optional<Cap> ofFamily(String family) {
        return board.capped().stream()
                .filter(one -> one.plan().versions().containsKey(family))
                .min(Comparator.comparingInt(one -> one.plan().maxDownloads()))
                .map(one -> new Cap("rollout " + one.id(), one.plan().maxDownloads()));
    }
}
