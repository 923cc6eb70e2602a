package dev.provhub.emulator.transport;

/** What came of a fetch: section 5.3 folded to what a phone tells apart. */
public sealed interface FetchResult {
    /**
     * A file.
     *
     * @param bytes           the receiver owns them; empty when a sink has taken them
     * @param length          in bytes, however they were taken
     * @param contentEncoding header of this name; empty when there was none
     * @param url             where it came from at last, after redirects
     */
    // A body is handed over, never compared
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes, long length, String contentEncoding, PhoneUrl url) implements FetchResult {
        @Override
        public String toString() {
            return "Body[" + length + " bytes from " + url + "]";
        }
    }

    /** HTTP 404, or TFTP error 1. */
    record NotFound() implements FetchResult {}

    /**
     * Anything else.
     *
     * @param reason what the phone would put into {@code $ERR}, with a little more behind it
     */
    record Failed(String reason) implements FetchResult {}
}
