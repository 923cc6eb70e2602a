package dev.provhub.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A condition of a rule: tests that must all hold (protocol section 4.1). Parsed first, expanded when it is asked. */
final class Condition {

    private static final Pattern TOKEN =
            Pattern.compile("\"([^\"]*)\"|(!=|<=|>=|=|!|<|>)|((?:\\$\\([^)]*\\)|[^\\s\"!=<>])+)");
    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("=", "eq"),
            Map.entry("!=", "ne"),
            Map.entry("!", "ne"),
            Map.entry("<", "lt"),
            Map.entry("<=", "le"),
            Map.entry(">", "gt"),
            Map.entry(">=", "ge"),
            Map.entry("eq", "eq"),
            Map.entry("ne", "ne"),
            Map.entry("lt", "lt"),
            Map.entry("le", "le"),
            Map.entry("gt", "gt"),
            Map.entry("ge", "ge"));

    private record Token(String text, boolean quoted) {}

    private record Test(Token left, String operator, Token right) {}

    private final List<Test> tests;

    private Condition(List<Test> tests) {
        this.tests = tests;
    }

    /** @throws FetchException if the text is no condition */
    static Condition parse(String text) throws FetchException {
        List<Test> tests = new ArrayList<>();
        List<Token> test = new ArrayList<>();
        for (Token token : tokens(text)) {
            if (!token.quoted() && (token.text().equals("and") || token.text().equals("AND"))) {
                tests.add(test(test, text));
                test.clear();
            } else {
                test.add(token);
            }
        }
        tests.add(test(test, text));
        return new Condition(List.copyOf(tests));
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String string = matcher.group(1);
            tokens.add(string == null ? new Token(matcher.group(), false) : new Token(string, true));
        }
        return tokens;
    }

    private static Test test(List<Token> tokens, String text) throws FetchException {
        List<Token> three = new ArrayList<>(tokens);
        if (three.size() == 2) {
            // The legacy short form "! 1.0.33"
            three.add(0, new Token("$SWVER", false));
        }
        String operator = three.size() == 3 && !three.get(1).quoted()
                ? OPERATORS.get(three.get(1).text())
                : null;
        if (operator == null) {
            throw new FetchException("bad condition: " + text.strip());
        }
        return new Test(three.get(0), operator, three.get(2));
    }

    boolean holds(Macros.Values values) {
        return tests.stream().allMatch(test -> holds(test, values));
    }

    private static boolean holds(Test test, Macros.Values values) {
        String left = Macros.expand(test.left().text(), values);
        String right = Macros.expand(test.right().text(), values);
        if (test.left().quoted() && test.right().quoted()) {
            return switch (test.operator()) {
                case "eq" -> left.equals(right);
                case "ne" -> !left.equals(right);
                default -> false;
            };
        }
        if (test.left().quoted() || test.right().quoted()) {
            return false;
        }
        return compare(left, right).map(order -> fits(test.operator(), order)).orElse(false);
    }

    private static boolean fits(String operator, int order) {
        return switch (operator) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            case "gt" -> order > 0;
            default -> order >= 0;
        };
    }

    private static Optional<Integer> compare(String left, String right) {
        if (left.matches("[-+]?\\d{1,18}") && right.matches("[-+]?\\d{1,18}")) {
            return Optional.of(Long.compare(Long.parseLong(left), Long.parseLong(right)));
        }
        return PhoneVersion.parse(left)
                .flatMap(first -> PhoneVersion.parse(right).flatMap(first::compareWith));
    }
}
