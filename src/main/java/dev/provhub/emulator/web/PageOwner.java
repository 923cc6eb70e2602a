package dev.provhub.emulator.web;

/** The phone behind the pages. Thread-safe; returns at once. */
public interface PageOwner {
    /** Whether its parameters let anybody open a page. */
    boolean isServing();

    /** Whether {@code /admin/resync} and its like may be used. */
    boolean takesActions();

    /** Whether the provider's XML objects may be pushed to it. */
    boolean takesXmlObjects();

    /** Whether they are taken from anybody ({@code CISCO_XML_EXE_Auth_Mode}). */
    boolean trustsXmlObjects();

    /** What the administrator must know; empty for nothing. */
    String administratorPassword();

    /** Path of the dump of all parameters. */
    String dumpPath();

    /** Path of the status page; empty when there is none. */
    String statusPath();

    /** The dump, as XML. */
    String dump();

    /** The status page, as XML. */
    String status();

    /** Resyncs by a rule that is not stored; by the stored ones when it is empty. */
    void resync(String rule);

    /** Upgrades from a URL that is not stored. */
    void upgrade(String url);

    /** Starts again. */
    void reboot();

    /** Fetches a file of CAs. */
    void updateCa(String url);

    /** Applies a profile that was posted; false when it is none. */
    boolean apply(byte[] profile);

    /** Hears of an answered request. */
    void visited(String page, String result);
}
