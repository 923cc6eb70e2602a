package dev.provhub.rules;

/**
 * One side of a comparison.
 *
 * @param text   as written, without its quotes
 * @param quoted whether it stood in quotes, and so is a string; else it is an integer or a version
 */
record Operand(String text, boolean quoted) {
    static final Operand RUNNING_VERSION = new Operand("$SWVER", false);

    /** As it is written in a rule. */
    @Override
    public String toString() {
        return quoted ? '"' + text + '"' : text;
    }
}
