package dev.provhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import dev.provhub.steps.HubExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads what the sources of steps say of themselves: their comments, their parameters, the properties that they read and set. */
final class StepSources {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StepSources() {}

    /** A method of a class. */
    private record Source(MethodTree tree, String comment, Set<String> reads, Set<String> sets, Set<String> calls) {}

    static ObjectNode catalog(Map<String, Object> beans) throws IOException {
        ObjectNode catalog = JSON.createObjectNode();
        ArrayNode steps = catalog.putArray("steps");
        for (Map.Entry<String, Object> bean : beans.entrySet()) {
            Class<?> type = bean.getValue().getClass();
            if (type.getName().startsWith("dev.provhub.") && !type.isSynthetic() && !type.isHidden()) {
                add(steps, bean.getKey(), type);
            }
        }
        return catalog;
    }

    private static void add(ArrayNode steps, String name, Class<?> type) throws IOException {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        Path file = Path.of("src/main/java", outer.getName().replace('.', '/') + ".java");
        if (!Files.exists(file) || type.isAnonymousClass()) {
            return;
        }
        Parsed parsed = parse(file, type.getSimpleName());
        ObjectNode step = steps.addObject().put("name", name).put("does", parsed.comment());
        ArrayNode methods = step.putArray("methods");
        for (Source source : parsed.methods().values()) {
            if (isCallable(source)) {
                ObjectNode method = methods.addObject()
                        .put("name", source.tree().getName().toString())
                        .put("does", source.comment());
                ArrayNode parameters = method.putArray("parameters");
                source.tree().getParameters().stream()
                        .filter(parameter -> !parameter.getType().toString().equals("Exchange"))
                        .forEach(parameter -> parameters
                                .addObject()
                                .put("name", parameter.getName().toString())
                                .put("type", parameter.getType().toString()));
                Set<String> reads = new TreeSet<>();
                Set<String> sets = new TreeSet<>();
                reach(source, parsed.methods(), reads, sets);
                reads.forEach(method.putArray("reads")::add);
                sets.forEach(method.putArray("sets")::add);
            }
        }
    }

    private static boolean isCallable(Source source) {
        boolean isOpen = source.tree().getModifiers().getFlags().contains(Modifier.PUBLIC)
                && !source.tree().getName().contentEquals("<init>");
        List<? extends VariableTree> parameters = source.tree().getParameters();
        boolean isOfCamel = source.tree().getModifiers().getAnnotations().stream()
                .anyMatch(one -> one.toString().contains("Override"));
        return isOpen
                && !isOfCamel
                && (parameters.isEmpty()
                                && source.tree().getReturnType() != null
                                && source.tree().getReturnType().toString().equals("void")
                        || parameters.stream()
                                .anyMatch(one -> one.getType().toString().equals("Exchange")
                                        || one.getModifiers().toString().contains("@Header")
                                        || one.getModifiers().toString().contains("@Body")));
    }

    private static void reach(Source from, Map<String, Source> all, Set<String> reads, Set<String> sets) {
        Deque<Source> open = new ArrayDeque<>(List.of(from));
        Set<Source> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Source next = open.pop();
            if (seen.add(next)) {
                reads.addAll(next.reads());
                sets.addAll(next.sets());
                next.calls().stream()
                        .flatMap(call -> all.entrySet().stream()
                                .filter(one -> one.getKey().startsWith(call + "/"))
                                .map(Map.Entry::getValue))
                        .forEach(open::add);
            }
        }
    }

    /** What one class says. */
    private record Parsed(String comment, Map<String, Source> methods) {}

    private static Parsed parse(Path file, String simpleName) throws IOException {
        try (StandardJavaFileManager files =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(file);
            JavacTask task = (JavacTask)
                    ToolProvider.getSystemJavaCompiler().getTask(null, files, null, List.of("-proc:none"), null, units);
            CompilationUnitTree unit = task.parse().iterator().next();
            DocTrees docs = DocTrees.instance(task);
            Map<String, Source> methods = new LinkedHashMap<>();
            String[] comment = {""};
            new TreeScanner<Void, Boolean>() {
                @Override
                public Void visitClass(ClassTree tree, Boolean inside) {
                    boolean isIt = tree.getSimpleName().contentEquals(simpleName);
                    if (isIt) {
                        comment[0] = text(docs, unit, tree);
                    }
                    return super.visitClass(tree, isIt);
                }

                @Override
                public Void visitMethod(MethodTree tree, Boolean inside) {
                    if (Boolean.TRUE.equals(inside)) {
                        methods.put(tree.getName() + "/" + methods.size(), source(docs, unit, tree));
                    }
                    return null;
                }
            }.scan(unit, false);
            return new Parsed(comment[0], methods);
        }
    }

    private static Source source(DocTrees docs, CompilationUnitTree unit, MethodTree tree) {
        Set<String> reads = new TreeSet<>();
        Set<String> sets = new TreeSet<>();
        Set<String> calls = new HashSet<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                String method = call.getMethodSelect().toString();
                String name = method.substring(method.lastIndexOf('.') + 1);
                calls.add(name);
                call.getArguments().stream()
                        .filter(MemberSelectTree.class::isInstance)
                        .map(Tree::toString)
                        .filter(argument -> argument.startsWith("HubExchange."))
                        .forEach(argument -> (name.equals("setProperty") ? sets : reads).add(property(argument)));
                return super.visitMethodInvocation(call, none);
            }
        }.scan(tree.getBody(), null);
        return new Source(tree, text(docs, unit, tree), reads, sets, calls);
    }

    private static String property(String constant) {
        try {
            return String.valueOf(HubExchange.class
                    .getField(constant.substring("HubExchange.".length()))
                    .get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(constant, e);
        }
    }

    /** A comment as plain text: what begins with an at sign is left out, but for what may be thrown. */
    private static String text(DocTrees docs, CompilationUnitTree unit, Tree tree) {
        String comment = docs.getDocComment(TreePath.getPath(unit, tree));
        if (comment == null) {
            return "";
        }
        String plain = comment.strip()
                .replaceFirst("(?s)(^|\\n)\\s*@(param|return|see).*?(?=(\\n\\s*@throws)|$)", "")
                .replaceFirst("(?s)\\n\\s*@throws", "\n@throws")
                .replaceAll("\\{@(?:code|link|linkplain|value)\\s+#?([^}]*)}", "`$1`")
                .replaceAll("`[\\w.]*\\.([A-Z]\\w*)`", "`$1`")
                .replaceAll("</?\\w+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .replaceFirst("^Step `\\w+`: ", "")
                .replaceAll(" ?@throws (\\w+) ", " Fails ($1) ")
                .strip();
        return plain.isEmpty() ? "" : Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    }

    static String page(ObjectNode catalog) {
        StringBuilder page = new StringBuilder("""
                # Steps

                What route files may call by `bean: ref:` and `method:`. Made from the steps' own sources, and held against them by a test;
                `./hub steps` prints the same, and `./hub steps --schema` a JSON schema of route files for editors that knows these names.
                A step takes what it needs from properties of the exchange and leaves its conclusions there: *reads* and *sets*. Without
                `method:` a step is called by its only method.

                """);
        Map<String, JsonNode> named = new HashMap<>();
        StringBuilder others = new StringBuilder();
        for (JsonNode step : catalog.path("steps")) {
            named.put(step.path("name").asText(), step);
            if (step.path("methods").isEmpty()) {
                others.append("| `")
                        .append(step.path("name").asText())
                        .append("` | ")
                        .append(cell(step.path("does").asText()))
                        .append(" |\n");
                continue;
            }
            page.append("## ").append(step.path("name").asText()).append("\n\n");
            page.append(step.path("does").asText()).append("\n\n");
            page.append("| method | parameters | does | reads | sets |\n|---|---|---|---|---|\n");
            for (JsonNode method : step.path("methods")) {
                page.append("| `").append(method.path("name").asText()).append("` | ");
                StringBuilder parameters = new StringBuilder();
                method.path("parameters").forEach(parameter -> parameters
                        .append(parameters.isEmpty() ? "" : ", ")
                        .append('`')
                        .append(parameter.path("type").asText())
                        .append(' ')
                        .append(parameter.path("name").asText())
                        .append('`'));
                page.append(parameters)
                        .append(" | ")
                        .append(cell(method.path("does").asText()));
                page.append(" | ").append(list(method.path("reads")));
                page.append(" | ").append(list(method.path("sets"))).append(" |\n");
            }
            page.append('\n');
        }
        return page.append("""
                ## Parts that endpoints and data formats name

                | name | what |
                |---|---|
                """).append(others).toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String list(JsonNode names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append(text.isEmpty() ? "" : ", ")
                .append('`')
                .append(name.asText())
                .append('`'));
        return text.toString();
    }
}
