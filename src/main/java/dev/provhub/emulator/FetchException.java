package dev.provhub.emulator;

/** A request or a body that the phone counts as failed; the message is what it would put into {@code $ERR}. */
final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean fileNotFound;

    FetchException(String reason) {
        this(reason, false);
    }

    private FetchException(String reason, boolean fileNotFound) {
        super(reason);
        this.fileNotFound = fileNotFound;
    }

    static FetchException corruptFile() {
        return new FetchException("corrupt file");
    }

    static FetchException noSuchFile() {
        return new FetchException("file not found", true);
    }

    /** Whether {@code Resync_Fails_On_FNF} may forgive it. */
    boolean isFileNotFound() {
        return fileNotFound;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
