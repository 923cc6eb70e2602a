package dev.provhub.templates;

import freemarker.cache.ConditionalTemplateConfigurationFactory;
import freemarker.cache.FileNameGlobMatcher;
import freemarker.cache.FirstMatchTemplateConfigurationFactory;
import freemarker.cache.OrMatcher;
import freemarker.cache.TemplateConfigurationFactory;
import freemarker.core.OutputFormat;
import freemarker.core.TemplateConfiguration;

/** What the name of a template says of its output. */
final class OutputFormats {
    private OutputFormats() {}

    static TemplateConfigurationFactory byName(OutputFormat xml, OutputFormat html) {
        return new FirstMatchTemplateConfigurationFactory(
                        new ConditionalTemplateConfigurationFactory(new FileNameGlobMatcher("*.xml.ftl"), escaped(xml)),
                        new ConditionalTemplateConfigurationFactory(
                                new OrMatcher(
                                        new FileNameGlobMatcher("*.html.ftl"), new FileNameGlobMatcher("*.htm.ftl")),
                                escaped(html)))
                .allowNoMatch(true);
    }

    private static TemplateConfiguration escaped(OutputFormat format) {
        TemplateConfiguration configuration = new TemplateConfiguration();
        configuration.setOutputFormat(format);
        return configuration;
    }
}
