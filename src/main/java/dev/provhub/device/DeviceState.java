package dev.provhub.device;

/**
 * How far a device has come.
 *
 * <pre>
 * NEW --key profile given under proof--> KEYED --asked at its own directory--> SECURED
 *  ^------------------- proves itself anew after a factory reset ----------------|
 * </pre>
 */
public enum DeviceState {
    /** Has no key yet. */
    NEW,
    /** Was given its 256-bit key and its directory under proof. */
    KEYED,
    /** Has asked at its own directory. */
    SECURED
}
