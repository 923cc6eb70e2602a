package dev.provhub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.support.PluginHelper;

/** What Camel knows by name, without anything being made: components and their options, functions of Simple, placeholders. */
final class CamelNames {
    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component.properties";
    private static final String COMPONENT = "META-INF/services/org/apache/camel/component/";
    private static final String SIMPLE = "META-INF/org/apache/camel/language/simple/simple.json";
    /** Functions that Camel takes and does not list. */
    private static final List<String> NOT_LISTED = List.of(
            "in",
            "file",
            "property",
            "sysenv",
            "logExchange",
            "hostname",
            "bodyAsIndex",
            "mandatoryBodyAsIndex",
            "headerAsIndex",
            "variableAsIndex",
            "exceptionAs",
            "exchangePropertyAs",
            "exchangePropertyAsIndex",
            "assertExpression",
            "setAttachment",
            "messageHistory",
            "method");

    private final CamelContext context;
    private final RuntimeCamelCatalog catalog;
    private final Set<String> components;
    private final Set<String> functions;
    private final Map<String, Known> options = new ConcurrentHashMap<>();

    /** A component. */
    private record Known(Set<String> options, boolean isLenient) {}

    /** @param context not started; nothing is made in it */
    CamelNames(CamelContext context) {
        this.context = context;
        this.catalog = PluginHelper.getRuntimeCamelCatalog(context);
        this.components = components(loader(context));
        this.functions = functions(loader(context));
    }

    private static ClassLoader loader(CamelContext context) {
        ClassLoader own = context.getApplicationContextClassLoader();
        return own == null ? CamelNames.class.getClassLoader() : own;
    }

    private static Set<String> components(ClassLoader loader) {
        Set<String> names = new TreeSet<>();
        try {
            for (URL url : Collections.list(loader.getResources(COMPONENTS))) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                names.addAll(
                        List.of(properties.getProperty("components", "").strip().split("\\s+", -1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(COMPONENTS, e);
        }
        return names;
    }

    private static Set<String> functions(ClassLoader loader) {
        Set<String> names = new TreeSet<>(NOT_LISTED);
        try (InputStream in = loader.getResourceAsStream(SIMPLE)) {
            JsonNode listed =
                    in == null ? null : new ObjectMapper().readTree(in).path("functions");
            if (listed != null) {
                listed.fieldNames().forEachRemaining(name -> names.add(SimpleCheck.word(name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(SIMPLE, e);
        }
        return names;
    }

    /** Whether there is a component, or nothing can be told of it. */
    boolean hasComponent(String name) {
        return components.contains(name)
                || context.hasComponent(name) != null
                || loader(context).getResource(COMPONENT + name) != null;
    }

    Set<String> components() {
        Set<String> all = new TreeSet<>(components);
        all.addAll(context.getComponentNames());
        return all;
    }

    Set<String> functions() {
        return functions;
    }

    /** Every placeholder that has a value, besides those of the environment. */
    Set<String> placeholders() {
        Set<String> names = new TreeSet<>();
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        if (properties.getInitialProperties() != null) {
            properties.getInitialProperties().keySet().forEach(key -> names.add(String.valueOf(key)));
        }
        return names;
    }

    /** With the values of placeholders, as Camel reads them; throws what Camel does when one has none. */
    String resolved(String text) {
        return context.resolvePropertyPlaceholders(text);
    }

    /** Has Simple read a text; throws what Camel does when it cannot. */
    void read(String simple, boolean asPredicate) {
        if (asPredicate) {
            context.resolveLanguage("simple").createPredicate(simple).init(context);
        } else {
            context.resolveLanguage("simple").createExpression(simple).init(context);
        }
    }

    /** Whether Camel's own words on a component's options are known. */
    boolean hasOptions(String component) {
        return !options(component).isEmpty();
    }

    Set<String> options(String component) {
        return known(component).options();
    }

    /** Whether what is no option of it is a part of the address, as with {@code http}. */
    boolean takesAnything(String component) {
        return known(component).isLenient();
    }

    private Known known(String component) {
        return options.computeIfAbsent(component, name -> {
            Set<String> names = new TreeSet<>();
            String schema = catalog.componentJSonSchema(name);
            if (schema == null) {
                return new Known(names, true);
            }
            try {
                JsonNode json = new ObjectMapper().readTree(schema);
                json.path("properties").fieldNames().forEachRemaining(names::add);
                return new Known(
                        names, json.path("component").path("lenientProperties").asBoolean());
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        });
    }

    EndpointValidationResult judge(String component, Map<String, String> parameters) {
        return catalog.validateProperties(component, parameters);
    }
}
