package dev.provhub.templates;

import freemarker.cache.StringTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.ParseException;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.core.XMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The templates of a site, as they were read at one time. Templates see only what they are given: no classes, no methods, no
 * files but each other. What they print is escaped for XML ({@code *.xml.ftl}) or HTML
 * ({@code *.html.ftl}, {@code *.htm.ftl}), not at all in {@code *.txt.ftl} and others. A value that is not there is an error.
 * Immutable; any thread may ask.
 */
public final class TemplateFiles {
    private static final int LONGEST_REASON = 200;

    private final Map<String, Template> templates = new TreeMap<>();

    /**
     * Reads templates.
     *
     * @param texts text by file name
     * @throws TemplateProblemException naming file and line, when one is not well-formed
     */
    public TemplateFiles(Map<String, String> texts) {
        StringTemplateLoader loader = new StringTemplateLoader();
        texts.forEach(loader::putTemplate);
        Configuration configuration = configuration(loader);
        for (String name : texts.keySet()) {
            try {
                templates.put(name, configuration.getTemplate(name));
            } catch (ParseException e) {
                throw new TemplateProblemException(name, e.getLineNumber(), oneLine(e.getEditorMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException("templates in memory can be read", e);
            }
        }
    }

    private static Configuration configuration(StringTemplateLoader loader) {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setTemplateLoader(loader);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocalizedLookup(false);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        configuration.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
        configuration.setRecognizeStandardFileExtensions(false);
        configuration.setOutputFormat(PlainTextOutputFormat.INSTANCE);
        configuration.setTemplateConfigurations(
                OutputFormats.byName(XMLOutputFormat.INSTANCE, HTMLOutputFormat.INSTANCE));
        configuration.setNumberFormat("computer");
        return configuration;
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }

    /** Names of the templates. */
    public Set<String> names() {
        return new TreeSet<>(templates.keySet());
    }

    /**
     * Fills a template in.
     *
     * @param values maps, lists, texts, numbers and truth values, and nothing else
     * @throws TemplateProblemException naming file and line, when there is no such template or a value is not there
     */
    public byte[] render(String name, Map<String, ?> values) {
        Template template = templates.get(name);
        if (template == null) {
            throw new TemplateProblemException(
                    name, 0, "there is no such template; there are " + String.join(", ", names()));
        }
        StringWriter text = new StringWriter();
        try {
            template.process(values, text);
        } catch (TemplateException e) {
            // Not the message: it quotes expressions, and may quote values
            int line = e.getLineNumber() == null ? 0 : e.getLineNumber();
            throw new TemplateProblemException(name, line, "cannot be filled in: " + e.getBlamedExpressionString());
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails to be written", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
