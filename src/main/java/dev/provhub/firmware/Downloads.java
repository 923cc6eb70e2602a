package dev.provhub.firmware;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the downloads of firmware that are under way, and lets no more begin than are allowed. Any thread. */
public final class Downloads {
    private final int most;
    private final DownloadCaps caps;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, AtomicInteger> ofRollouts = new ConcurrentHashMap<>();

    /**
     * Needs to know how many are allowed.
     *
     * @param most of the whole hub; 0 for any number
     */
    public Downloads(int most, DownloadCaps caps) {
        this.most = most;
        this.caps = caps;
    }

    /** A download that is under way. To be ended once it is over, however it ended; a second time does nothing. */
    public final class Permit {
        private final @Nullable String rollout;
        private final AtomicBoolean over = new AtomicBoolean();

        private Permit(@Nullable String rollout) {
            this.rollout = rollout;
        }

        /** It is over. */
        public void end() {
            if (over.compareAndSet(false, true)) {
                all.decrementAndGet();
                leave(rollout);
            }
        }
    }

    /**
     * Begins a download.
     *
     * @param rollout for which it is; null for none
     * @return empty when there are too many already
     */
    public Optional<Permit> begin(@Nullable String rollout) {
        if (!enter(all, most == 0 ? Integer.MAX_VALUE : most)) {
            return Optional.empty();
        }
        OptionalInt cap = rollout == null ? OptionalInt.empty() : caps.most(rollout);
        if (rollout != null && cap.isPresent() && !enterRollout(rollout, cap.getAsInt())) {
            all.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Permit(cap.isPresent() ? rollout : null));
    }

    /** Downloads that are under way. */
    public int underWay() {
        return all.get();
    }

    /** Those of a rollout that has a cap. */
    public int underWay(String rollout) {
        AtomicInteger count = ofRollouts.get(rollout);
        return count == null ? 0 : count.get();
    }

    private boolean enterRollout(String rollout, int cap) {
        boolean[] entered = {false};
        ofRollouts.compute(rollout, (name, count) -> {
            AtomicInteger counted = count == null ? new AtomicInteger() : count;
            entered[0] = enter(counted, cap);
            return counted.get() == 0 ? null : counted;
        });
        return entered[0];
    }

    private void leave(@Nullable String rollout) {
        if (rollout != null) {
            ofRollouts.computeIfPresent(rollout, (name, count) -> count.decrementAndGet() == 0 ? null : count);
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
