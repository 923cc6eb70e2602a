package dev.provhub.templates;

/** A template that cannot be read or filled in. The message names file and line and holds no value. */
public final class TemplateProblemException extends RuntimeException {
    private final String file;
    private final int line;
    private final String reason;

    TemplateProblemException(String file, int line, String reason) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason);
        this.file = file;
        this.line = line;
        this.reason = reason;
    }

    /** Name of the template. */
    public String file() {
        return file;
    }

    /** From 1; 0 when the whole file is meant. */
    public int line() {
        return line;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }
}
