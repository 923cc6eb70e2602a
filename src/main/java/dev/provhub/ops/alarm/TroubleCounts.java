package dev.provhub.ops.alarm;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each trouble was met since the start. Thread-safe; counting costs nearly nothing. */
public final class TroubleCounts {
    private final Map<Trouble, LongAdder> counts = new EnumMap<>(Trouble.class);

    /** Begins with none. */
    public TroubleCounts() {
        for (Trouble trouble : Trouble.values()) {
            counts.put(trouble, new LongAdder());
        }
    }

    /** One more. */
    public void met(Trouble trouble) {
        adder(trouble).increment();
    }

    /** How many there were. */
    public long total(Trouble trouble) {
        return adder(trouble).sum();
    }

    private LongAdder adder(Trouble trouble) {
        LongAdder adder = counts.get(trouble);
        if (adder == null) {
            throw new IllegalStateException("every trouble has a count");
        }
        return adder;
    }
}
