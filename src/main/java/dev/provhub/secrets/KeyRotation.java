package dev.provhub.secrets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The change from one master key to another while the hub runs. Thread-safe. */
public interface KeyRotation {
    /** How it stands. */
    Status status();

    /**
     * Begins, or goes on with what was begun; returns at once.
     *
     * @param by who wants it, for the audit log
     * @throws IllegalStateException saying what has to be done first
     */
    Status begin(String by);

    /**
     * How a rotation stands.
     *
     * @param current  id of the key that seals
     * @param earlier  ids of the keys that still open
     * @param running  whether values are being sealed anew
     * @param resealed how many were since the last begin
     * @param waiting  how many are still sealed under an earlier key
     * @param trouble  why it has not come to its end; null when there is no reason
     */
    record Status(
            String current,
            List<String> earlier,
            boolean running,
            long resealed,
            long waiting,
            @Nullable String trouble) {}
}
