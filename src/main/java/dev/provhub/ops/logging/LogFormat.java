package dev.provhub.ops.logging;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;

/** In which form this process logs: text as {@code log4j2.properties} has it, or JSON. */
public final class LogFormat {
    private static final String TEXT = "console";
    private static final String JSON = "json";
    private static final String ELASTIC_COMMON_SCHEMA = "classpath:EcsLayout.json";

    private LogFormat() {}

    /** From now on the whole process logs one JSON object of the Elastic Common Schema on each line, to standard error. */
    public static void json() {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        if (configuration.getAppender(JSON) != null) {
            return;
        }
        ConsoleAppender appender = ConsoleAppender.newBuilder()
                .setName(JSON)
                .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
                .setLayout(layout(configuration))
                .setConfiguration(configuration)
                .build();
        appender.start();
        configuration.addAppender(appender);
        configuration.getRootLogger().addAppender(appender, null, null);
        configuration.getRootLogger().removeAppender(TEXT);
        context.updateLoggers();
    }

    static JsonTemplateLayout layout(Configuration configuration) {
        return JsonTemplateLayout.newBuilder()
                .setConfiguration(configuration)
                .setEventTemplateUri(ELASTIC_COMMON_SCHEMA)
                .build();
    }
}
