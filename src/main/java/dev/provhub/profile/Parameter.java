package dev.provhub.profile;

import dev.provhub.profile.type.ValueCheck;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One row of the dictionary: a parameter, or a row of them that differ in an index. */
public final class Parameter {
    private final String name;
    private final String type;
    private final ValueCheck check;
    private final Map<String, String> defaults;
    private final Set<String> groups;
    private final boolean secret;

    /**
     * @param name     as in the phones' XML, sections joined by {@code /}; an index is one of the letters {@code n} (line),
     *                 {@code k}, {@code u}, {@code g} alone between underscores, as in {@code Proxy_n_}
     * @param type     a type of the dictionary
     * @param allowed  what the type's values are narrowed to; empty for nothing
     * @param defaults default by parameter group; empty text as key for all other groups; groups may be missing
     * @param groups   parameter groups of the models that have it
     * @param secret   whether its value is never shown
     * @throws IllegalArgumentException when type or allowed cannot be read, or a default is neither empty nor allowed
     */
    public Parameter(
            String name,
            String type,
            String allowed,
            Map<String, String> defaults,
            Set<String> groups,
            boolean secret) {
        this.name = name;
        this.type = type;
        this.check = ValueCheck.of(name, type, allowed);
        this.defaults = Map.copyOf(defaults);
        this.groups = Set.copyOf(groups);
        this.secret = secret;
        for (String value : defaults.values()) {
            String wrong = value.isEmpty() ? null : check.complaint(value);
            if (wrong != null) {
                throw new IllegalArgumentException("its default '" + value + "' is not allowed: "
                        + (wrong.isEmpty() ? "" : wrong + "; ") + "allowed is " + check.allowed());
            }
        }
    }

    /** Name with index letters. */
    public String name() {
        return name;
    }

    /** Type of its values, a word of the dictionary. */
    public String type() {
        return type;
    }

    /** Groups of models that have it. */
    public Set<String> groups() {
        return groups;
    }

    /** Whether its value is never shown. */
    public boolean secret() {
        return secret;
    }

    /** What is allowed, for people. */
    public String allowed() {
        return check.allowed();
    }

    /** Whether models of a group have it. */
    public boolean holdsFor(String group) {
        return groups.contains(group);
    }

    /** The value it has from the factory, in a group of models; empty when no source says. */
    public Optional<String> defaultFor(String group) {
        String own = defaults.get(group);
        return Optional.ofNullable(own != null ? own : defaults.get(""));
    }

    /**
     * What is wrong with a value, empty when nothing is.
     *
     * @param concrete the parameter's name with its index, for the message
     * @param hide     whether the value is a secret, whatever the dictionary says
     * @return a sentence with parameter, value (unless secret) and what is allowed
     */
    public Optional<String> complaint(String concrete, String value, boolean hide) {
        if (value.codePoints().anyMatch(Parameter::isNoText)) {
            return Optional.of(concrete + " has a control character in its value");
        }
        if (!value.equals(value.strip())) {
            return Optional.of(concrete + " has a blank at the beginning or end of its value, which phones strip");
        }
        String wrong = check.complaint(value);
        if (wrong == null) {
            return Optional.empty();
        }
        String allowed = "allowed is " + check.allowed();
        if (secret || hide) {
            return Optional.of(concrete + " cannot be what it is: " + allowed);
        }
        return Optional.of(concrete + " cannot be '" + value + "': " + (wrong.isEmpty() ? "" : wrong + "; ") + allowed);
    }

    /** What XML or the phones cannot hold: controls, halves of characters, code points that are none. */
    private static boolean isNoText(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || (c & 0xFFFE) == 0xFFFE;
    }

    /** As {@link #complaint}, of the parameter's own name. */
    public Optional<String> accepts(String value) {
        return complaint(name, value, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
