package dev.provhub;

import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.config.TextFiles;
import dev.provhub.device.DeviceModel;
import dev.provhub.device.DeviceModels;
import dev.provhub.templates.TemplateFiles;
import dev.provhub.templates.TemplateProblemException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The templates of a running hub: a bad edit is refused, and what was in force stays. */
final class HubTemplates implements Supplier<TemplateFiles> {
    private static final Logger LOG = LoggerFactory.getLogger(HubTemplates.class);

    private final TextFiles files;
    private final DeviceModels models;
    private volatile TemplateFiles inForce;

    /** @throws IllegalConfigurationException when one is not well-formed, or a model names one that is not there */
    HubTemplates(Path config, DeviceModels models) {
        this.files = TextFiles.templates(config);
        this.models = models;
        this.inForce = read();
    }

    @Override
    public TemplateFiles get() {
        return inForce;
    }

    /** What changes with the files. */
    String stamp() {
        return files.stamp();
    }

    /** Puts the files in force as they are now, or keeps those that were and says why. */
    void reload() {
        try {
            inForce = read();
            LOG.info("templates in force names={}", inForce.names());
        } catch (IllegalConfigurationException e) {
            LOG.warn("template edit refused, what was in force stays: {}", e.getMessage());
        }
    }

    private TemplateFiles read() {
        TemplateFiles read;
        try {
            read = new TemplateFiles(files.texts());
        } catch (TemplateProblemException e) {
            throw new IllegalConfigurationException(files.folder().resolve(e.file()), e.line(), e.reason());
        }
        for (DeviceModel model : models.all()) {
            DeviceModel.Templates templates = model.templates();
            if (templates != null) {
                require(read, model, templates.own());
                if (templates.bootstrap() != null) {
                    require(read, model, templates.bootstrap());
                }
            }
        }
        return read;
    }

    private void require(TemplateFiles read, DeviceModel model, String name) {
        if (!read.names().contains(name)) {
            throw new IllegalConfigurationException(
                    files.folder(),
                    0,
                    "model " + model.name() + " names the template " + name + ", which is not there");
        }
    }
}
