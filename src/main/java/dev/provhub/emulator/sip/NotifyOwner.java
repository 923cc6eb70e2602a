package dev.provhub.emulator.sip;

import java.util.Optional;

/** The phone that hears a NOTIFY. Thread-safe; returns at once. */
public interface NotifyOwner {
    /**
     * Whether it may be told so by SIP: {@code Resync_From_SIP} closes its ear to resyncs, and to nothing else.
     *
     * @param event as for {@link #notified}
     */
    boolean hears(String event);

    /**
     * What the sender must know.
     *
     * @param user part of the request's URI before the at sign; may be empty
     * @return empty when the line asks for nothing ({@code Auth_Resync-Reboot_n_} is No)
     */
    Optional<Login> loginFor(String user);

    /** Account of a line. */
    record Login(String user, String password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /**
     * Does what an event says.
     *
     * @param event its name, e.g. {@code resync}, in lower case and without parameters
     * @param body  of the request
     * @return false when the phone does not know the event
     */
    boolean notified(String event, String body);

    /** Hears of an answered request. */
    void answered(String what, String result);
}
