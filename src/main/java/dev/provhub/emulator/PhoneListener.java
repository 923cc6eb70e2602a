package dev.provhub.emulator;

/** Hears what a phone does. Called on the phone's worker thread, one event of a phone at a time; must not block long. */
@FunctionalInterface
public interface PhoneListener {

    /** One thing happened; the phone's parameters and version are already those after it. */
    void on(VirtualPhone phone, PhoneEvent event);
}
