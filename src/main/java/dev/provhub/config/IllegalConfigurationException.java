package dev.provhub.config;

import java.nio.file.Path;

/** A mistake in a file or setting that people edit. The message is one line, ready to be shown. */
public final class IllegalConfigurationException extends RuntimeException {
    private final int line;
    private final int column;
    private final String reason;

    /** @param message names the setting, its value and what is allowed */
    public IllegalConfigurationException(String message) {
        super(message);
        this.line = 0;
        this.column = 0;
        this.reason = message;
    }

    /**
     * A mistake at a place in a file.
     *
     * @param line    from 1; 0 when the whole file is meant
     * @param message names the value and what is allowed
     */
    public IllegalConfigurationException(Path file, int line, String message) {
        this(file, line, 0, message);
    }

    /**
     * A mistake at a place in a line of a file.
     *
     * @param line    from 1; 0 when the whole file is meant
     * @param column  from 1; 0 when the whole line is meant
     * @param message names the value and what is allowed
     */
    public IllegalConfigurationException(Path file, int line, int column, String message) {
        this(file + (line > 0 ? ":" + line : "") + ": " + message, line, column, message);
    }

    private IllegalConfigurationException(String message, int line, int column, String reason) {
        super(message);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** A mistake at a place in a line of a file, of which the message names the column too. */
    static IllegalConfigurationException at(Path file, int line, int column, String reason) {
        return new IllegalConfigurationException(
                file + ":" + line + ":" + column + ": " + reason, line, column, reason);
    }

    /** Line in the file, from 1; 0 when no line is meant. */
    public int line() {
        return line;
    }

    /** Column in the line, from 1; 0 when none is meant. */
    public int column() {
        return column;
    }

    /** The message without the place. */
    public String reason() {
        return reason;
    }
}
