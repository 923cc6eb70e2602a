package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily;
import dev.provhub.firmware.FirmwareImage;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.staging.QuietFiles;
import dev.provhub.firmware.staging.StagedImage;
import dev.provhub.firmware.staging.Staging;
import dev.provhub.firmware.staging.StagingRequest;
import dev.provhub.firmware.staging.StagingResult;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.HttpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step {@code firmwareStaging}: takes images, and shows, retires and deletes them. */
public final class StagingStep {
    /** {@link StagingResult}: property in which {@link #stage} leaves what became of it. */
    public static final String RESULT = "hubStaging";

    private static final Logger LOG = LoggerFactory.getLogger(StagingStep.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REFUSED = "refused";

    private final Staging staging;
    private final Supplier<FirmwareCatalog> catalog;
    private final Function<String, List<String>> users;
    private final Runnable changed;
    private final AuditLog audit;
    private final QuietFiles quiet;

    /**
     * Needs who stages.
     *
     * @param catalog as it is now
     * @param users   names of what has devices run a version
     * @param changed to be told when there are other images
     * @param quiet   which dropped files may be looked at
     */
    public StagingStep(
            Staging staging,
            Supplier<FirmwareCatalog> catalog,
            Function<String, List<String>> users,
            Runnable changed,
            AuditLog audit,
            QuietFiles quiet) {
        this.staging = staging;
        this.catalog = catalog;
        this.users = users;
        this.changed = changed;
        this.audit = audit;
        this.quiet = quiet;
    }

    /**
     * Leaves a dropped file that somebody may still be writing alone: the route ends here, and the file is looked at again later.
     *
     * @throws IOException when its folder cannot be read
     */
    public void quiet(Exchange exchange) throws IOException {
        Path file = file(exchange.getMessage().getBody());
        if (file != null && !quiet.isQuiet(file)) {
            exchange.setRouteStop(true);
        }
    }

    /**
     * Stages the body: a file, or bytes of which the header {@code name} says how they are called. What becomes of it is left in the
     * property {@value #RESULT}; a refusal is no failure of the route. Headers {@code family}, {@code version}, {@code sha256},
     * {@code from}, {@code until} and {@code notes} say what an operator knows.
     *
     * @throws IOException when what is brought cannot be read to its end
     */
    public void stage(Exchange exchange) throws IOException {
        if (isDroppedLink(exchange.getMessage().getBody())) {
            exchange.setProperty(
                    RESULT,
                    new StagingResult.Refused(StagingResult.Why.UNFIT, "it is a link; allowed: the file itself"));
            return;
        }
        StagingRequest request = request(exchange);
        StagingResult result;
        try {
            result = staging.stage(request, kept(HubExchange.caller(exchange)));
        } catch (RequestBody.CutOff e) {
            result = new StagingResult.Refused(StagingResult.Why.CUT_OFF, "the request ended before its body did");
        }
        if (result instanceof StagingResult.Staged staged) {
            changed.run();
            LOG.info("firmware staged files={} new={}", names(staged), staged.isNew());
        } else if (result instanceof StagingResult.Refused refused && refused.why() == StagingResult.Why.CUT_OFF) {
            LOG.info("firmware upload was cut off name={}", request.name());
        } else if (result instanceof StagingResult.Refused refused) {
            LOG.warn("firmware refused name={} reason={}", request.name(), refused.reason());
        }
        exchange.setProperty(RESULT, result);
    }

    private Consumer<StagedImage> kept(String who) {
        return image -> audit.add(
                who,
                "firmware staged file=" + image.file().name() + " family=" + image.family() + " version="
                        + image.version() + " length=" + image.file().length() + " sha256="
                        + image.file().sha256() + (image.verified() ? "" : " unverified"));
    }

    private static List<String> names(StagingResult.Staged staged) {
        return staged.images().stream().map(image -> image.file().name()).toList();
    }

    private static StagingRequest request(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        StagingRequest.Told told = new StagingRequest.Told(
                told(message, "family"),
                told(message, "version"),
                told(message, "sha256"),
                told(message, "from"),
                told(message, "until"),
                Objects.requireNonNullElse(told(message, "notes"), ""));
        Path file = file(message.getBody());
        String name = told(message, "name");
        if (file != null) {
            return new StagingRequest(
                    name == null ? String.valueOf(file.getFileName()) : name,
                    Files.size(file),
                    () -> message.getBody() instanceof org.apache.camel.component.file.GenericFile<?>
                            ? Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)
                            : Files.newInputStream(file),
                    file.toAbsolutePath().getParent(),
                    told);
        }
        InputStream body = message.getBody(InputStream.class);
        return new StagingRequest(
                name == null ? "" : name,
                declared(exchange),
                () -> body == null
                        ? InputStream.nullInputStream()
                        : exchange.getIn(HttpMessage.class) != null ? new RequestBody(body) : body,
                null,
                told);
    }

    /** Who may drop files must not have the hub publish others that only the hub can read. */
    private static boolean isDroppedLink(@Nullable Object body) {
        Path file = body instanceof org.apache.camel.component.file.GenericFile<?> ? file(body) : null;
        return file != null && Files.isSymbolicLink(file);
    }

    private static @Nullable Path file(@Nullable Object body) {
        if (body instanceof org.apache.camel.component.file.GenericFile<?> dropped) {
            return dropped.getFile() instanceof File file ? file.toPath() : null;
        }
        return body instanceof File file ? file.toPath() : body instanceof Path path ? path : null;
    }

    private static @Nullable String told(Message message, String header) {
        String text = message.getHeader(header, String.class);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static long declared(Exchange exchange) {
        HttpMessage http = exchange.getIn(HttpMessage.class);
        return http == null || http.getRequest() == null
                ? -1
                : http.getRequest().getContentLengthLong();
    }

    /** Before a request is staged: refuses one that says what nobody understands, or does not say how its body is called. */
    public void check(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            if (ApiQuery.text(exchange, "name").isBlank()) {
                throw new ApiRefusal(400, "name is missing; allowed: the name of the file, as ?name=…");
            }
        });
        if (exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE) != null) {
            exchange.setRouteStop(true);
        }
    }

    /** Answers a request with what became of it: 201 with what was staged, 200 when all of it was there, or the reason. */
    public void answer(Exchange exchange) {
        StagingResult result = HubExchange.required(exchange, RESULT, StagingResult.class);
        if (result instanceof StagingResult.Refused refused) {
            ApiAnswers.problem(exchange, status(refused), title(refused), refused.reason());
            return;
        }
        StagingResult.Staged staged = (StagingResult.Staged) result;
        ObjectNode json = JSON.createObjectNode();
        ArrayNode images = json.putArray("images");
        staged.images()
                .forEach(image -> images.add(catalog.get()
                        .image(image.file().name())
                        .map(this::described)
                        .orElseGet(() ->
                                JSON.createObjectNode().put("file", image.file().name()))));
        staged.passedOver().forEach(json.putArray("passedOver")::add);
        ApiAnswers.json(exchange, staged.isNew() ? 201 : 200, json.toString());
    }

    private static int status(StagingResult.Refused refused) {
        return switch (refused.why()) {
            case CUT_OFF -> 400;
            case UNFIT -> 422;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case NO_SPACE -> 507;
        };
    }

    private static String title(StagingResult.Refused refused) {
        return switch (refused.why()) {
            case CUT_OFF -> "Bad Request";
            case UNFIT -> "Unprocessable Content";
            case CONFLICT -> "Conflict";
            case TOO_LARGE -> "Content Too Large";
            case NO_SPACE -> "Insufficient Storage";
        };
    }

    /**
     * Clears away a file that was dropped: what was staged is deleted, with the files that came with it; what was refused goes into the
     * folder {@value #REFUSED} with the reason beside it.
     *
     * @throws IOException when the folder cannot be written
     */
    public void clear(Exchange exchange) throws IOException {
        StagingResult result = HubExchange.required(exchange, RESULT, StagingResult.class);
        Path file = Objects.requireNonNull(file(exchange.getMessage().getBody()), "a dropped file");
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "its folder");
        if (result instanceof StagingResult.Staged staged) {
            for (StagedImage image : staged.images()) {
                for (StagedImage.File part : image.parts()) {
                    Files.deleteIfExists(folder.resolve(part.name()));
                }
            }
            Files.deleteIfExists(file);
        } else if (result instanceof StagingResult.Refused refused) {
            Path apart = Files.createDirectories(folder.resolve(REFUSED));
            String name = String.valueOf(file.getFileName());
            Files.move(file, apart.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(apart.resolve(name + ".reason.txt"), refused.reason() + "\n");
        }
    }

    /** All images with what holds for each, and the families. */
    public void list(Exchange exchange) {
        FirmwareCatalog now = catalog.get();
        ObjectNode json = JSON.createObjectNode();
        ArrayNode images = json.putArray("images");
        now.images().forEach(image -> images.add(described(image)));
        ArrayNode families = json.putArray("families");
        now.families().forEach(family -> families.add(described(family)));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** One image, by {@code file}; with {@code running} also the way of a device that runs that version. */
    public void show(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            FirmwareImage image = named(exchange);
            ObjectNode json = described(image);
            String running = ApiQuery.text(exchange, "running");
            if (!running.isEmpty()) {
                var path = catalog.get()
                        .path(image.family(), running, image.version().toString(), true);
                ArrayNode steps = json.putArray("path");
                path.images().forEach(step -> steps.add(step.file()));
                if (path instanceof dev.provhub.firmware.FirmwarePath.None none) {
                    json.put("noPath", none.why());
                }
            }
            ApiAnswers.json(exchange, 200, json.toString());
        });
    }

    private FirmwareImage named(Exchange exchange) {
        return catalog.get()
                .image(ApiQuery.text(exchange, "file"))
                .orElseThrow(() -> new ApiRefusal(404, "there is no such image"));
    }

    /** Offers an image no more; with {@code delete=true} it is deleted too. */
    public void retire(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            boolean delete = ApiQuery.flag(exchange, "delete");
            FirmwareImage image = named(exchange);
            Optional<StagedImage> staged = staging.find(image.file());
            if (staged.isEmpty() || image.standing().origin() == FirmwareImage.Origin.CATALOG) {
                throw new ApiRefusal(
                        409, image.file() + " stands in catalog.yaml; allowed: to take its entry out there");
            }
            List<String> using = users.apply(image.version().toString());
            if (!using.isEmpty()) {
                throw new ApiRefusal(
                        409,
                        "layers have devices run " + image.version() + ": " + String.join(", ", using)
                                + "; allowed: to retire it when none does");
            }
            audit.add(
                    HubExchange.caller(exchange),
                    "firmware " + (delete ? "deleted" : "retired") + " file=" + image.file() + " version="
                            + image.version());
            try {
                staging.retire(staged.get(), delete);
            } catch (IOException e) {
                throw new UncheckedIOException("an image cannot be retired", e);
            }
            changed.run();
            ApiAnswers.json(
                    exchange,
                    200,
                    catalog.get()
                            .image(image.file())
                            .map(this::described)
                            .orElseGet(() -> JSON.createObjectNode()
                                    .put("file", image.file())
                                    .put("state", "deleted"))
                            .toString());
        });
    }

    private ObjectNode described(FirmwareImage image) {
        ObjectNode json = JSON.createObjectNode()
                .put("file", image.file())
                .put("family", image.family())
                .put("version", image.version().toString())
                .put("state", state(image));
        json.put("withheld", image.standing().withheld());
        json.put("verified", image.standing().verified());
        json.put("origin", image.standing().origin() == FirmwareImage.Origin.CATALOG ? "catalog" : "staged");
        json.put("length", length(image.path()));
        json.put("sha256", image.sha256());
        json.put("from", text(image.from()));
        json.put("until", text(image.until()));
        ArrayNode parts = json.putArray("parts");
        image.parts().forEach(part -> parts.add(String.valueOf(part.getFileName())));
        json.put("notes", image.notes());
        Optional<StagedImage> staged = staging.find(image.file());
        json.put("container", staged.map(StagedImage::container).orElse(null));
        json.put("staged", staged.map(StagedImage::staged).orElse(null));
        return json;
    }

    private static String state(FirmwareImage image) {
        return image.isOffered() ? "offered" : image.standing().served() ? "kept" : "withheld";
    }

    private static @Nullable Long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable FirmwareVersion version) {
        return version == null ? null : version.toString();
    }

    private static ObjectNode described(FirmwareFamily family) {
        ObjectNode json = JSON.createObjectNode()
                .put("name", family.name())
                .put("container", family.container().name().toLowerCase(java.util.Locale.ROOT))
                .put("naming", family.naming())
                .put("floor", text(family.floor()));
        ArrayNode steps = json.putArray("steps");
        family.steps()
                .forEach(step ->
                        steps.addObject().put("below", step.below().toString()).put("through", step.through()));
        ObjectNode bad = json.putObject("bad");
        family.bad().forEach(bad::put);
        return json;
    }
}
