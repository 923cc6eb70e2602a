package dev.provhub.device;

import java.util.function.Supplier;

/**
 * Work that is kept whole or not at all. What repositories and logs of the same store write inside it, on the same thread,
 * becomes visible to others at its end and together; after a crash there is all of it or nothing.
 */
public interface UnitOfWork {
    /**
     * Runs work in one transaction; inside another unit on the same thread it becomes part of that one. Once this returns,
     * an outermost unit is on disk.
     *
     * @param work may be called again from the start when the store asks for it (a deadlock): it must not keep results of an
     *             earlier call; what it throws takes everything back and is thrown on
     * @throws StoreException when the store fails
     */
    <T> T run(Supplier<T> work);
}
