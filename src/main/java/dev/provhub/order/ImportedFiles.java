package dev.provhub.order;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Which files of orders were taken, and what became of their rows. Thread-safe. Each method is one transaction. */
public interface ImportedFiles {
    /** What became of a file of this name and content when it was taken last; empty when it never was. */
    Optional<Imported> find(String digest);

    /** A file has been taken; what was known of it is replaced. */
    void keep(Imported file);

    /** The files that were taken last, newest first, without their rows. */
    List<Imported> latest(int limit);

    /**
     * A file that was taken.
     *
     * @param digest stands for name and content
     * @param ok     rows that are as ordered
     * @param failed rows that are not
     * @param rowsOk which rows are as ordered, from 1; its owner does not change it
     */
    record Imported(String digest, String name, Instant started, Instant ended, long ok, long failed, BitSet rowsOk) {}
}
