package dev.provhub.emulator;

/** How far remote customization has come, in the words of the phones' pages (section 7). */
public enum Customization {
    /** An ordinary unit: nobody is asked. */
    OPEN("Open"),
    /** Asks, or will ask, the vendor's server. */
    PENDING("Pending"),
    /** The vendor's server has named the provider. */
    CUSTOM_PENDING("Custom Pending"),
    /** The provider's profile is here. */
    ACQUIRED("Acquired"),
    /** The provider was known before the vendor's server was asked. */
    ABORTED("Aborted"),
    /** The vendor's server does not know the unit. */
    UNAVAILABLE("Unavailable");

    private final String text;

    Customization(String text) {
        this.text = text;
    }

    /** As the page shows it. */
    public String text() {
        return text;
    }
}
