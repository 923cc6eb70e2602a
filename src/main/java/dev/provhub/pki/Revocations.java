package dev.provhub.pki;

import java.util.List;

/** Where it is kept what is believed no more. */
public interface Revocations {
    /** All, the latest first. */
    List<Revocation> all();

    /** Adds one; in place of an earlier one of the same. */
    void add(Revocation revocation);

    /** Takes one back; false when there is none. */
    boolean remove(Revocation.Kind kind, String what);
}
