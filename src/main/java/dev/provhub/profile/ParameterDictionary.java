package dev.provhub.profile;

import dev.provhub.device.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters that the phones know. Immutable, so that any thread may ask. */
public final class ParameterDictionary {
    /** An index letter or a number where an index may stand. */
    private static final Pattern INDEX = Pattern.compile("(?<=_)([nkug]|\\d{1,3})(?=_|$)");

    private static final Pattern ELEMENTS = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z_][A-Za-z0-9_.-]*)*");
    private static final char LINE = 'n';

    private final Map<String, Parameter> byName = new HashMap<>();
    private final Map<String, Parameter> byShape = new HashMap<>();
    private final List<Parameter> all;
    private final Set<String> groups;

    /** @throws IllegalArgumentException when two parameters have the same name, but for their indexes */
    public ParameterDictionary(List<Parameter> parameters) {
        this.all = List.copyOf(parameters);
        this.groups = parameters.stream()
                .flatMap(parameter -> parameter.groups().stream())
                .collect(Collectors.toUnmodifiableSet());
        for (Parameter parameter : parameters) {
            if (byName.putIfAbsent(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException(parameter.name() + " stands twice in the dictionary");
            }
            if (INDEX.matcher(parameter.name()).find()) {
                byShape.putIfAbsent(shape(parameter.name()), parameter);
            }
        }
    }

    /**
     * A parameter under a name that somebody wrote.
     *
     * @param parameter the row of the dictionary
     * @param name      as written
     * @param line      number of the line that the name is for; null when it is for none or for every line
     * @param everyLine whether {@code _n_} stands for the line
     * @param concrete  whether no other index is left open
     */
    public record Named(
            Parameter parameter, String name, @Nullable Integer line, boolean everyLine, boolean concrete) {
        /** The name for one line. */
        public String forLine(int number) {
            return everyLine
                    ? INDEX.matcher(name).replaceAll(m -> m.group().equals("n") ? "" + number : m.group())
                    : name;
        }
    }

    /** All rows, in the order of the tables. */
    public List<Parameter> all() {
        return all;
    }

    /**
     * A parameter that the dictionary does not know, for a site that knows better: any text, on every model.
     *
     * @throws IllegalArgumentException when the dictionary knows it, or it is no name
     */
    public Named extra(String name) {
        if (find(name).isPresent()) {
            throw new IllegalArgumentException(name + " is in the dictionary: it belongs under values");
        }
        if (!ELEMENTS.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a parameter: letters, digits, _ . and -," + " sections joined by /");
        }
        return named(new Parameter(name, "Text", "", Map.of(), groups, false), name);
    }

    /** The parameter of a name, whose indexes may be numbers ({@code Proxy_1_}) or letters ({@code Proxy_n_}). */
    public Optional<Named> find(String name) {
        Parameter exact = byName.get(name);
        Parameter parameter = exact != null ? exact : byShape.get(shape(name));
        return parameter == null ? Optional.empty() : Optional.of(named(parameter, name));
    }

    /** A hint for a name that is not there: {@code , did you mean X?}, or nothing. */
    String similar(String name) {
        String plain = plain(name);
        return all.stream()
                .map(Parameter::name)
                .filter(known -> plain(known).equals(plain))
                .findFirst()
                .or(() -> nearest(plain))
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    private Optional<String> nearest(String plain) {
        Map<String, String> names = new HashMap<>();
        all.forEach(parameter -> names.putIfAbsent(plain(parameter.name()), parameter.name()));
        return Optional.ofNullable(names.get(Nearest.of(plain, names.keySet())));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("_[nkug]_|_[0-9]+_?|[^a-z]", "");
    }

    private static Named named(Parameter parameter, String name) {
        Matcher written = INDEX.matcher(name);
        Matcher pattern = INDEX.matcher(parameter.name());
        Integer line = null;
        boolean everyLine = false;
        boolean concrete = true;
        while (pattern.find() && written.find()) {
            String index = written.group();
            boolean isNumber = Character.isDigit(index.charAt(0));
            if (pattern.group().charAt(0) != LINE) {
                concrete &= isNumber;
            } else if (isNumber) {
                line = Integer.valueOf(index);
            } else {
                everyLine = true;
            }
        }
        return new Named(parameter, name, line, everyLine, concrete);
    }

    private static String shape(String name) {
        return INDEX.matcher(name).replaceAll("#");
    }
}
