package dev.provhub.device.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be asked of a device. */
public enum FilterField {
    /** Its MAC address, in any notation; also a pattern, or a range by {@code <} and {@code >}. */
    MAC(Kind.MAC, false),
    /** The name of its model, by any of the model's names. */
    MODEL(Kind.MODEL, false),
    /** The family of its model. */
    FAMILY(Kind.FAMILY, false),
    /** Its serial number. */
    SERIAL(Kind.TEXT, true),
    /** How far it has come: NEW, KEYED or SECURED. */
    STATE(Kind.STATE, false),
    /** Whether somebody has named it. */
    CLAIMED(Kind.FLAG, false),
    /** Its tenant. */
    TENANT(Kind.TEXT, true),
    /** Its plan. */
    PLAN(Kind.TEXT, true),
    /** A label that it has. */
    LABEL(Kind.TEXT, true),
    /** The firmware version that it last brought back. */
    VERSION(Kind.VERSION, true),
    /** Whether the revision that it has applied is the present one. */
    APPLIED(Kind.FLAG, false),
    /** The number of its data's revision. */
    REVISION(Kind.NUMBER, false),
    /** When it was last heard of under proof. */
    LAST_CONTACT(Kind.TIME, true),
    /** When the certificate ends that it is bound to. */
    CERTIFICATE(Kind.TIME, true),
    /** Whether it, or the certificate that it is bound to, is believed no more. */
    REVOKED(Kind.FLAG, false);

    /** What values there are, and how they compare. */
    enum Kind {
        MAC("a MAC address, or the beginning of one and *", true),
        MODEL("a model, or a pattern of models", false),
        FAMILY("a family, or a pattern of families", false),
        TEXT("a text, or a pattern with *", false),
        STATE("NEW, KEYED or SECURED", false),
        FLAG("yes or no", false),
        VERSION("a firmware version, or a pattern with *", true),
        NUMBER("a number from 0", true),
        TIME("a date, a time such as 2026-11-20T00:00:00Z, or one counted from now such as -2d", true);

        final String allowed;
        final boolean ordered;

        Kind(String allowed, boolean ordered) {
            this.allowed = allowed;
            this.ordered = ordered;
        }
    }

    private final Kind kind;
    private final boolean mayMiss;

    FilterField(Kind kind, boolean mayMiss) {
        this.kind = kind;
        this.mayMiss = mayMiss;
    }

    Kind kind() {
        return kind;
    }

    /** Whether a device may have none of it, which is asked for by {@code none}. */
    public boolean mayMiss() {
        return mayMiss;
    }

    /** As it is written in a filter: {@code last-contact}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Operators that it takes, for people. */
    public String operators() {
        String text = kind == Kind.TIME ? "" : "= != ";
        boolean patterns = kind != Kind.FLAG && kind != Kind.STATE && kind != Kind.NUMBER && kind != Kind.TIME;
        String more = kind == Kind.TIME ? "< <= > >= =none !=none" : kind.ordered ? "< <= > >= " : "";
        return (text + more + (patterns ? "~ " : "") + (kind == Kind.TIME || kind == Kind.FLAG ? "" : "in")).strip();
    }

    /** What values it takes, for people. */
    public String allowed() {
        return kind.allowed + (mayMiss ? ", or none" : "");
    }

    /** The field of a word; case, hyphens and underscores do not count. */
    static Optional<FilterField> find(String word) {
        return Arrays.stream(values())
                .filter(field -> plain(field.name()).equals(plain(word)))
                .findFirst();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
