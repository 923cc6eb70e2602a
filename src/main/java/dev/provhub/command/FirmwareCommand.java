package dev.provhub.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub firmware …}: the images that a running hub has. */
@Command(
        name = "firmware",
        description = "Lists, shows, stages and retires the firmware images of a running hub.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FirmwareCommand.Show.class,
            FirmwareCommand.ListAll.class,
            FirmwareCommand.Add.class,
            FirmwareCommand.Retire.class
        })
final class FirmwareCommand implements Runnable {
    private static final String PATH = "/api/v1/firmware";
    private static final String CONTENT_TYPE = "application/octet-stream";
    private static final int CREATED = 201;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "list, show, add or retire is missing");
    }

    private AdministrationClient client() {
        return hub.client();
    }

    private static String path(String file) {
        return PATH + "/" + ApiOutput.encoded(file).replace("+", "%20");
    }

    private static List<String> row(JsonNode image) {
        return List.of(
                image.path("file").asText(),
                image.path("family").asText(),
                image.path("version").asText(),
                image.path("state").asText()
                        + (image.path("withheld").isTextual()
                                ? ": " + image.path("withheld").asText()
                                : ""),
                verified(image),
                image.path("length").asText("-").replace("null", "-"));
    }

    private static String verified(JsonNode image) {
        return image.path("verified").asBoolean()
                ? "yes"
                : image.path("origin").asText().equals("catalog") ? "by hand" : "unverified";
    }

    @Command(name = "list", description = "Lists all images.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FirmwareCommand parent;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            return ApiOutput.print(parent.client().get(PATH), json, body -> {
                List<List<String>> rows = new ArrayList<>();
                body.path("images").forEach(image -> rows.add(row(image)));
                return TextTable.of(List.of("file", "family", "version", "state", "verified", "bytes"), rows);
            });
        }
    }

    @Command(
            name = "show",
            description = "Shows one image, and which images a device of a version loads on the way to it.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FirmwareCommand parent;

        @Parameters(paramLabel = "FILE", description = "as 'firmware list' shows it")
        private String file = "";

        @Option(names = "--running", paramLabel = "V", description = "version from which a device comes")
        private @Nullable String running;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() {
            String query = running == null ? "" : "?running=" + ApiOutput.encoded(running);
            return ApiOutput.print(parent.client().get(path(file) + query), json, Show::text);
        }

        private static String text(JsonNode image) {
            StringBuilder text = new StringBuilder();
            image.properties().forEach(fact -> {
                JsonNode value = fact.getValue();
                String shown = value.isArray() ? joined(value) : value.isNull() ? "" : value.asText();
                if (!shown.isEmpty()) {
                    text.append(String.format("%-10s %s%n", fact.getKey(), shown));
                }
            });
            return text.toString();
        }

        private static String joined(JsonNode list) {
            List<String> texts = new ArrayList<>();
            list.forEach(item -> texts.add(item.asText()));
            return String.join(", ", texts);
        }
    }

    /** Its {@code --version} is that of the image, so that there are no usual options for help. */
    @Command(
            name = "add",
            description = {
                "Stages an image, or an archive of images, so that devices may be told to load it.",
                "A list of files (.loads) is brought together with the files that lie beside it."
            })
    static final class Add implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FirmwareCommand parent;

        @Parameters(paramLabel = "FILE", description = "the vendor's image, list or zip archive")
        private Path file = Path.of("");

        @Option(
                names = "--family",
                paramLabel = "F",
                description = "which models it fits, where its name does not tell")
        private @Nullable String family;

        @Option(
                names = "--version",
                paramLabel = "V",
                description =
                        "what a device reports once it runs it; must be said where the image cannot be looked into")
        private @Nullable String version;

        @Option(names = "--sha256", paramLabel = "HEX", description = "checksum of FILE; must be said there too")
        private @Nullable String sha256;

        @Option(names = "--from", paramLabel = "V", description = "lowest version that it may be installed over")
        private @Nullable String from;

        @Option(names = "--until", paramLabel = "V", description = "highest version that it may be installed over")
        private @Nullable String until;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help message and exit.")
        boolean help;

        @Option(names = "--notes", paramLabel = "TEXT", description = "for people")
        private @Nullable String notes;

        @Option(names = "--json", description = "answers as JSON")
        private boolean json;

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(parent.spec.commandLine(), file + " is no file that can be read");
            }
            AdministrationClient client = parent.client();
            Optional<Path> packed = FirmwareSet.packed(file);
            try {
                AdministrationClient.Answer answer = sent(client, packed.orElse(file), packed.isPresent());
                return ApiOutput.print(
                        answer, json, body -> FirmwareCommand.Add.text(body, answer.status() == CREATED));
            } finally {
                if (packed.isPresent()) {
                    Files.deleteIfExists(packed.get());
                }
            }
        }

        @SuppressWarnings("SystemConsoleNull") // from Java 22 on it is there without a terminal too, which costs a bar
        private AdministrationClient.Answer sent(AdministrationClient client, Path from, boolean isPacked)
                throws IOException {
            String name = isPacked ? file.getFileName() + ".zip" : String.valueOf(file.getFileName());
            String path = PATH + query(name, isPacked);
            if (System.console() == null) {
                return client.upload(path, CONTENT_TYPE, from, sent -> {});
            }
            long length = Files.size(from);
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(String.valueOf(file.getFileName()))
                    .setInitialMax(length)
                    .setUnit(length < 1024 ? " B" : " KiB", length < 1024 ? 1 : 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .build()) {
                return client.upload(path, CONTENT_TYPE, from, bar::stepTo);
            }
        }

        private String query(String name, boolean isPacked) {
            Map<String, @Nullable String> said = new LinkedHashMap<>();
            said.put("name", name);
            said.put("family", family);
            said.put("version", version);
            // Of the file that was given, not of what it was packed into
            said.put("sha256", isPacked ? null : sha256);
            said.put("from", from);
            said.put("until", until);
            said.put("notes", notes);
            return said.entrySet().stream()
                    .filter(one -> one.getValue() != null)
                    .map(one -> one.getKey() + "=" + ApiOutput.encoded(String.valueOf(one.getValue())))
                    .collect(Collectors.joining("&", "?", ""));
        }

        private static String text(JsonNode body, boolean isNew) {
            StringBuilder text = new StringBuilder();
            for (JsonNode image : body.path("images")) {
                text.append(isNew ? "staged " : "there already: ")
                        .append(image.path("file").asText())
                        .append(", family ")
                        .append(image.path("family").asText())
                        .append(", version ")
                        .append(image.path("version").asText())
                        .append(image.path("verified").asBoolean() ? "" : ", unverified")
                        .append(", sha256 ")
                        .append(image.path("sha256").asText())
                        .append('\n');
            }
            body.path("passedOver")
                    .forEach(name ->
                            text.append("passed over ").append(name.asText()).append('\n'));
            return text.toString();
        }
    }

    @Command(
            name = "retire",
            description = {
                "Offers a staged image to no device any more; those that were told before still get it.",
                "To offer it again, add it again."
            },
            mixinStandardHelpOptions = true)
    static final class Retire implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private FirmwareCommand parent;

        @Parameters(paramLabel = "FILE", description = "as 'firmware list' shows it")
        private String file = "";

        @Option(names = "--delete", description = "deletes its files too: then nobody gets it any more")
        private boolean delete;

        @Override
        public Integer call() {
            AdministrationClient.Answer answer = parent.client()
                    .post(path(file) + "/retire" + (delete ? "?delete=true" : ""), "application/json", new byte[0]);
            return ApiOutput.print(answer, false, body -> (delete ? "deleted " : "retired ") + file);
        }
    }
}
