package dev.provhub.ops.alarm;

import java.util.Locale;

/** What happens now and then in any fleet, and is an alarm when it suddenly grows. */
public enum Trouble {
    /** A request for which there was nothing. */
    NOT_FOUND("requests that were answered with nothing"),
    /** A phone that calls itself by a model that the hub does not know. */
    UNKNOWN_MODEL("requests of models that are not in config/models.yaml"),
    /** A report that did not open with the device's key, or a phone that says that its file is corrupt. */
    NOT_DECRYPTED("files and reports that could not be decrypted"),
    /** Evidence that speaks against what is known. */
    CONTRADICTION("requests whose evidence speaks against what is known"),
    /** A TLS handshake that failed. */
    TLS_FAILURE("TLS handshakes that failed");

    private final String says;

    Trouble(String says) {
        this.says = says;
    }

    /** As it is written in metrics and events, e.g. {@code not_found}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words for an operator. */
    public String says() {
        return says;
    }
}
