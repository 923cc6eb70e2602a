package dev.provhub.device.filter;

import dev.provhub.device.DeviceModels;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters. {@code docs/reference/filter-language.md} describes them:
 *
 * <pre>
 *   filter     = and *( "or" and )
 *   and        = term *( "and" term )
 *   term       = "not" term / "(" filter ")" / "all" / comparison
 *   comparison = field ( "=" / "!=" / "&lt;" / "&lt;=" / "&gt;" / "&gt;=" / "~" ) value
 *              / field [ "not" ] "in" "(" value *( "," value ) ")"
 * </pre>
 *
 * Immutable; any thread may ask.
 */
public final class FilterParser {
    /** Longest filter, in characters. */
    public static final int LONGEST = 2000;
    /** How deep brackets and {@code not} may stand in each other. */
    public static final int DEEPEST = 20;

    private final DeviceModels models;
    private final Clock clock;

    /** @param clock from which relative times count, when the filter is read */
    public FilterParser(DeviceModels models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    /**
     * Reads a filter.
     *
     * @throws FilterException when it cannot be read, or is longer or deeper than is allowed
     */
    public DeviceFilter parse(String text) {
        FilterText source = new FilterText(text);
        if (text.length() > LONGEST) {
            throw new FilterException(
                    LONGEST + 1, "", "the filter is too long", "up to " + LONGEST + " characters", null);
        }
        return new Reading(source, new FilterValues(source, models, clock.instant())).whole();
    }

    /** One text being read. */
    private static final class Reading {
        private static final String TERM = "a field, not, all or (";
        private final FilterText source;
        private final FilterValues values;
        private int depth;

        Reading(FilterText source, FilterValues values) {
            this.source = source;
            this.values = values;
        }

        DeviceFilter whole() {
            if (source.isAtEnd()) {
                throw values.wrong(source.at(), "the filter is empty", TERM, null);
            }
            DeviceFilter filter = either();
            if (!source.isAtEnd()) {
                int at = source.at();
                String token = source.tokenAt(at);
                throw values.wrong(
                        at,
                        "'" + token + "' is not expected here",
                        "and, or, or the end" + (depth > 0 ? ", or )" : ""),
                        Similar.to(token, List.of("and", "or")));
            }
            return filter;
        }

        private DeviceFilter either() {
            List<DeviceFilter> parts = new ArrayList<>(List.of(both()));
            while (source.takesWord("or")) {
                parts.add(both());
            }
            return parts.size() == 1 ? parts.get(0) : new DeviceFilter.Or(parts);
        }

        private DeviceFilter both() {
            List<DeviceFilter> parts = new ArrayList<>(List.of(term()));
            while (source.takesWord("and")) {
                parts.add(term());
            }
            return parts.size() == 1 ? parts.get(0) : new DeviceFilter.And(parts);
        }

        private DeviceFilter term() {
            int start = source.at();
            if (source.takesWord("not")) {
                return new DeviceFilter.Not(deeper(start, this::termInside));
            }
            if (source.takes('(')) {
                return deeper(start, any -> closed(either(), start));
            }
            return comparison();
        }

        private DeviceFilter termInside(Reading any) {
            return term();
        }

        private DeviceFilter deeper(int start, Function<Reading, DeviceFilter> inside) {
            if (++depth > DEEPEST) {
                throw values.wrong(
                        start, "the filter is too deep", "up to " + DEEPEST + " brackets and not in each other", null);
            }
            DeviceFilter filter = inside.apply(this);
            depth--;
            return filter;
        }

        private DeviceFilter closed(DeviceFilter inside, int start) {
            if (!source.takes(')')) {
                throw values.wrong(
                        source.at(), "the bracket of position " + (start + 1) + " is not closed", "and, or, )", null);
            }
            return inside;
        }

        private DeviceFilter comparison() {
            int start = source.at();
            String word = source.takeWord();
            if (word.equalsIgnoreCase("all")) {
                return DeviceFilter.EVERY;
            }
            FilterField field = FilterField.find(word).orElseThrow(() -> noField(start, word));
            int at = source.at();
            if (source.takesWord("in")) {
                return list(field);
            }
            if (source.takesWord("not")) {
                if (!source.takesWord("in")) {
                    throw values.wrong(source.at(), "'not' behind a field needs in", "in", null);
                }
                return new DeviceFilter.Not(list(field));
            }
            String sign = source.takeSign().orElseThrow(() -> noOperator(field, at));
            FilterText.Value value = values.next(field);
            return switch (sign) {
                case "=" -> values.same(field, value);
                case "!=" -> new DeviceFilter.Not(values.same(field, value));
                case "~" -> values.like(field, value, at);
                default -> values.ordered(field, order(sign), value, at);
            };
        }

        private DeviceFilter list(FilterField field) {
            if (!source.takes('(')) {
                throw values.wrong(source.at(), "in needs a list", "(", null);
            }
            List<DeviceFilter> parts = new ArrayList<>();
            do {
                parts.add(values.same(field, values.next(field)));
            } while (source.takes(','));
            if (!source.takes(')')) {
                throw values.wrong(source.at(), "the list is not closed", ", or )", null);
            }
            return parts.size() == 1 ? parts.get(0) : new DeviceFilter.Or(parts);
        }

        private static Order order(String sign) {
            return Arrays.stream(Order.values())
                    .filter(order -> order.sign().equals(sign))
                    .findFirst()
                    .orElseThrow();
        }

        private FilterException noField(int start, String word) {
            String token = word.isEmpty() ? source.tokenAt(start) : word;
            List<String> fields =
                    Arrays.stream(FilterField.values()).map(FilterField::word).toList();
            return values.wrong(
                    start,
                    token.isEmpty() ? "something is missing" : "'" + token + "' is no field",
                    word.isEmpty() ? TERM : String.join(", ", fields),
                    Similar.to(token, fields));
        }

        private FilterException noOperator(FilterField field, int at) {
            @Nullable String meant = source.tokenAt(at).startsWith(":") ? "=" : null;
            return values.wrong(at, field.word() + " needs an operator here", field.operators(), meant);
        }
    }
}
