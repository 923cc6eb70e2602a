package dev.provhub.firmware;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the downloads of firmware that are under way, and lets no more begin than are allowed. Any thread. */
public final class Downloads {
    private final int most;
    private final int perAddress;
    private final DownloadCaps caps;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, AtomicInteger> byOwner = new ConcurrentHashMap<>();

    /**
     * Needs to know how many are allowed.
     *
     * @param most of the whole hub; 0 for any number
     */
    public Downloads(int most, DownloadCaps caps) {
        this(most, 0, caps);
    }

    /**
     * Needs to know how many are allowed.
     *
     * @param most       of the whole hub; 0 for any number
     * @param perAddress to one address, so that one device that asks in a loop leaves room for others; 0 for any number
     */
    public Downloads(int most, int perAddress, DownloadCaps caps) {
        this.most = most;
        this.perAddress = perAddress;
        this.caps = caps;
    }

    /** A download that is under way. To be ended once it is over, however it ended; a second time does nothing. */
    public final class Permit {
        private final @Nullable String owner;
        private final @Nullable String place;
        private final AtomicBoolean over = new AtomicBoolean();

        private Permit(@Nullable String owner, @Nullable String place) {
            this.owner = owner;
            this.place = place;
        }

        /** It is over. */
        public void end() {
            if (over.compareAndSet(false, true)) {
                all.decrementAndGet();
                leave(owner);
                leave(place);
            }
        }
    }

    /** As {@link #begin(String, String)}, for nobody in particular. */
    Optional<Permit> begin(String file) {
        return begin(file, "");
    }

    /**
     * Begins a download.
     *
     * @param file    what is to be downloaded
     * @param address who asks; empty for an address that is not known, which has no limit of its own
     * @return empty when there are too many already
     */
    public Optional<Permit> begin(String file, String address) {
        if (!enter(all, most == 0 ? Integer.MAX_VALUE : most)) {
            return Optional.empty();
        }
        DownloadCaps.Cap place = perAddress == 0 || address.isEmpty() ? null : ofAddress(address);
        if (place != null && !enter(place)) {
            all.decrementAndGet();
            return Optional.empty();
        }
        Optional<DownloadCaps.Cap> cap = caps.of(file);
        if (cap.isPresent() && !enter(cap.get())) {
            all.decrementAndGet();
            leave(place == null ? null : place.owner());
            return Optional.empty();
        }
        return Optional.of(
                new Permit(cap.map(DownloadCaps.Cap::owner).orElse(null), place == null ? null : place.owner()));
    }

    private DownloadCaps.Cap ofAddress(String address) {
        return new DownloadCaps.Cap("address " + address, perAddress);
    }

    /** Downloads that are under way. */
    public int underWay() {
        return all.get();
    }

    /** Those that are counted for somebody. */
    int underWay(String owner) {
        AtomicInteger count = byOwner.get(owner);
        return count == null ? 0 : count.get();
    }

    private boolean enter(DownloadCaps.Cap cap) {
        boolean[] entered = {false};
        byOwner.compute(cap.owner(), (owner, count) -> {
            AtomicInteger counted = count == null ? new AtomicInteger() : count;
            entered[0] = enter(counted, cap.most());
            return counted.get() == 0 ? null : counted;
        });
        return entered[0];
    }

    private void leave(@Nullable String owner) {
        if (owner != null) {
            byOwner.computeIfPresent(owner, (name, count) -> count.decrementAndGet() == 0 ? null : count);
        }
    }

    private static boolean enter(AtomicInteger count, int most) {
        int now = count.get();
        while (now < most) {
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
            now = count.get();
        }
        return false;
    }
}
