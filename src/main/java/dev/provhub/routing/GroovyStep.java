package dev.provhub.routing;

import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.Script;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of the site's own, written in Groovy. The script sees {@code exchange}, {@code message}, {@code body}, {@code headers},
 * {@code properties} and {@code log}; what it returns is not looked at, what it throws fails the route as any step does.
 */
public final class GroovyStep {
    /** What a script may be called, without its ending. */
    static final String NAMES = "[a-z][A-Za-z0-9-]*";

    private static final String UNEXPECTED = "Unexpected input:";
    /** What may be more than a name. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*[^\\w.$'()\\[\\]{},;:-][^']*'|\"[^\"]*\"");

    private final String name;
    private final Class<?> script;
    private final Logger log;

    private GroovyStep(String name, Class<?> script) {
        this.name = name;
        this.script = script;
        this.log = LoggerFactory.getLogger("hub.ext." + name);
    }

    /** @throws CompilationFailedException when it is no Groovy */
    static GroovyStep compile(RouteFile file, @Nullable ClassLoader parent) {
        GroovyClassLoader loader = new GroovyClassLoader(parent == null ? GroovyStep.class.getClassLoader() : parent);
        GroovyCodeSource source = new GroovyCodeSource(file.text(), file.name(), "/hub/ext");
        source.setCachable(false);
        return new GroovyStep(file.step(), loader.parseClass(source, false));
    }

    /** What is wrong with a script, with line and column. */
    static List<RouteProblem> check(RouteFile file, @Nullable ClassLoader parent) {
        if (!file.step().matches(NAMES)) {
            return List.of(new RouteProblem(
                    file.file(), 0, "the file's name must be that of a step: letters, digits and '-', small at first"));
        }
        try {
            compile(file, parent);
            return List.of();
        } catch (MultipleCompilationErrorsException e) {
            return e.getErrorCollector().getErrors().stream()
                    .map(error -> error instanceof SyntaxErrorMessage syntax
                            ? new RouteProblem(
                                    file.file(),
                                    syntax.getCause().getStartLine(),
                                    syntax.getCause().getStartColumn(),
                                    told(syntax.getCause().getOriginalMessage()),
                                    "")
                            : new RouteProblem(
                                    file.file(),
                                    0,
                                    "is no Groovy: " + error.getClass().getSimpleName()))
                    .toList();
        } catch (CompilationFailedException | LinkageError e) {
            return List.of(new RouteProblem(file.file(), 0, Reasons.of(e)));
        }
    }

    /** Without what the compiler quotes of the script, in which passwords may stand. */
    private static String told(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        if (line.startsWith(UNEXPECTED)) {
            String found = line.substring(UNEXPECTED.length()).strip();
            return found.matches("'\\W{1,2}'") ? UNEXPECTED + " " + found : "this is not expected here";
        }
        return QUOTED.matcher(line).replaceAll("something");
    }

    /** Runs it. */
    public void run(Exchange exchange) {
        Binding binding = new Binding();
        binding.setVariable("exchange", exchange);
        binding.setVariable("message", exchange.getMessage());
        binding.setVariable("body", exchange.getMessage().getBody());
        binding.setVariable("headers", exchange.getMessage().getHeaders());
        binding.setVariable("properties", new ExchangeProperties(exchange));
        binding.setVariable("log", log);
        Script made = InvokerHelper.createScript(script, binding);
        made.run();
    }

    @Override
    public String toString() {
        return "step " + name;
    }
}
