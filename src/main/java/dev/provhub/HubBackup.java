package dev.provhub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.config.HubFolders;
import dev.provhub.firmware.staging.StagedImage;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.SealedStream;
import dev.provhub.secrets.SecretBox;
import dev.provhub.store.Database;
import dev.provhub.store.DatabaseDump;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Everything that another machine needs to be this hub, but the master key: a ZIP that is sealed whole under it, because
 * certificates' keys and a password in {@code hub.properties} would else stand in it in clear.
 *
 * <pre>
 * database/&lt;nnn&gt;-&lt;table&gt;.jsonl   config/…   routes/…   site-routes/…   ext/…   firmware/catalog.yaml   firmware/staged/…
 * certs/…   backup.json, the last one
 * </pre>
 */
record HubBackup(HubFolders folders, Database database, SecretBox box, Clock clock) {
    static final String DATABASE = "database/";
    static final String CONFIG = "config/";
    static final String ROUTES = "routes/";
    static final String SITE_ROUTES = "site-routes/";
    static final String EXT = "ext/";
    static final String CERTIFICATES = "certs/";
    static final String CATALOG = "firmware/catalog.yaml";
    static final String STAGED = "firmware/" + StagedImage.FOLDER + "/";
    static final String SUMMARY = "backup.json";
    static final int FORMAT = 1;

    /** Writes the sealed ZIP and closes the stream. */
    void write(OutputStream out) throws IOException {
        MasterKey seals = box.current();
        Set<MasterKey> others = new LinkedHashSet<>(box.earlier());
        try (OutputStream sealed = SealedStream.seal(out, seals, new SecureRandom());
                ZipOutputStream zip = new ZipOutputStream(sealed)) {
            OutputStream entries = new NotClosed(zip);
            String version = DatabaseDump.write(database, name -> {
                zip.putNextEntry(new ZipEntry(DATABASE + name));
                return entries;
            });
            addFolder(zip, folders.config(), CONFIG);
            addFolder(zip, folders.routes(), ROUTES);
            addFolder(zip, folders.siteRoutes(), SITE_ROUTES);
            addFolder(zip, folders.ext(), EXT);
            addFolder(zip, folders.data().resolve("certs"), CERTIFICATES);
            Path catalog = folders.firmware().resolve("catalog.yaml");
            if (Files.exists(catalog)) {
                add(zip, catalog, CATALOG);
            }
            addFolder(zip, folders.firmware().resolve(StagedImage.FOLDER), STAGED);
            zip.putNextEntry(new ZipEntry(SUMMARY));
            zip.write(summary(version, seals, others).toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Also other keys that a value may be sealed under, when the master key is being changed: they stand in what is sealed. */
    private ObjectNode summary(String version, MasterKey seals, Set<MasterKey> others) {
        others.add(box.current());
        others.addAll(box.earlier());
        ObjectNode summary = new ObjectMapper().createObjectNode();
        summary.put("format", FORMAT).put("created", clock.instant().toString()).put("tables", version);
        summary.put(
                "keys",
                MasterKey.texts(others.stream()
                        .filter(key -> !key.id().equals(seals.id()))
                        .toList()));
        return summary;
    }

    private static void addFolder(ZipOutputStream zip, Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(zip, file, prefix + folder.relativize(file).toString().replace('\\', '/'));
        }
    }

    private static void add(ZipOutputStream zip, Path file, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
    }

    private static final class NotClosed extends FilterOutputStream {
        NotClosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
