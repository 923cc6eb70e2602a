package dev.provhub.emulator;

/** Hears what a phone does, on the phone's own thread: be quick, and do not throw. */
@FunctionalInterface
public interface PhoneListener {
    /** For who does not care. */
    PhoneListener SILENT = (phone, event) -> {};

    /** One event; those of one phone come in order and never two at a time. */
    void heard(VirtualPhone phone, PhoneEvent event);
}
