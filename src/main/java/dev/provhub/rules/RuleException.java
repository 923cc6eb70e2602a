package dev.provhub.rules;

/** A rule that cannot be read or must not be written. The message says where and what is allowed, never a secret. */
public final class RuleException extends IllegalArgumentException {
    RuleException(String message) {
        super(message);
    }

    static RuleException at(int position, String message) {
        return new RuleException("at character " + (position + 1) + ": " + message);
    }
}
