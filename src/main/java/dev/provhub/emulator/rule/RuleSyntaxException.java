package dev.provhub.emulator.rule;

/** A rule whose shape the phone cannot read. The message names the place, never a value. */
public final class RuleSyntaxException extends Exception {
    RuleSyntaxException(String message) {
        super(message, null, false, false);
    }
}
