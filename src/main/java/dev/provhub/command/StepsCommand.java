package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.routing.StepCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./hub steps}: what route files may call. */
@Command(
        name = "steps",
        description = "Lists the steps that route files may call, or shows one with what it reads and sets.",
        mixinStandardHelpOptions = true)
final class StepsCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "STEP")
    private @Nullable String name;

    @Option(names = "--json", description = "answers as JSON")
    private boolean json;

    @Option(
            names = "--schema",
            description = "prints a JSON schema of route files for an editor, with these names in it")
    private boolean schema;

    @Override
    public Integer call() throws JsonProcessingException {
        StepCatalog catalog = StepCatalog.shipped();
        if (schema) {
            System.out.println(catalog.schema());
            return 0;
        }
        if (name == null) {
            System.out.println(json ? json(catalog.steps()) : list(catalog));
            return 0;
        }
        Optional<StepCatalog.Step> step = catalog.find(name);
        if (step.isEmpty()) {
            System.err.println("hub: there is no step '" + name + "'");
            return 1;
        }
        System.out.println(json ? json(step.get()) : text(step.get()));
        return 0;
    }

    private static String json(Object value) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    private static String list(StepCatalog catalog) {
        List<List<String>> rows = new ArrayList<>();
        for (StepCatalog.Step step : catalog.steps()) {
            for (StepCatalog.Method method : step.methods()) {
                rows.add(List.of(step.name(), method.name(), firstSentence(method.does())));
            }
        }
        return TextTable.of(List.of("step", "method", "does"), rows).stripTrailing();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String text(StepCatalog.Step step) {
        StringBuilder text = new StringBuilder(step.name()).append(": ").append(step.does());
        for (StepCatalog.Method method : step.methods()) {
            text.append("\n\n")
                    .append(method.name())
                    .append('(')
                    .append(String.join(", ", method.parameters()))
                    .append(")\n  ")
                    .append(method.does());
            line(text, "reads", method.reads());
            line(text, "sets", method.sets());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, List<String> names) {
        if (!names.isEmpty()) {
            text.append("\n  ").append(what).append(": ").append(String.join(", ", names));
        }
    }
}
