package dev.provhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provhub.command.HubLauncher.RestoreRequest;
import dev.provhub.config.FolderTree;
import dev.provhub.config.HubConfig;
import dev.provhub.config.HubConfig.DatabaseSettings;
import dev.provhub.config.IllegalConfigurationException;
import dev.provhub.secrets.MasterKey;
import dev.provhub.secrets.MasterKeySource;
import dev.provhub.secrets.SealedStream;
import dev.provhub.secrets.SecretFile;
import dev.provhub.store.Database;
import dev.provhub.store.DatabaseDump;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Makes this machine the hub of a backup. First everything is unpacked beside and checked to its end; then the database is
 * filled in one transaction; then the files are put in their places, and what was there before is kept.
 */
final class HubRestore {
    private final RestoreRequest request;
    private final List<MasterKey> keys;
    private final List<String> done = new ArrayList<>();

    private HubRestore(RestoreRequest request, List<MasterKey> keys) {
        this.request = request;
        this.keys = new ArrayList<>(keys);
    }

    /** @return what was done, one line each */
    static List<String> run(RestoreRequest request, List<MasterKey> keys) throws IOException {
        HubConfig here = request.settings().apply(Map.of());
        Path data = here.folders().data();
        HubParts.makeDataFolder(data);
        Path scratch = Files.createTempDirectory(
                data, "restore", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            HubRestore restore = new HubRestore(request, keys);
            restore.run(here, scratch);
            return restore.done;
        } finally {
            FolderTree.delete(scratch);
        }
    }

    private void run(HubConfig here, Path scratch) throws IOException {
        unpack(scratch);
        JsonNode summary =
                new ObjectMapper().readTree(scratch.resolve(HubBackup.SUMMARY).toFile());
        if (summary.path("format").asInt() != HubBackup.FORMAT) {
            throw new IllegalConfigurationException(request.file() + " is of a newer kind than this hub reads");
        }
        if (!summary.path("keys").asText().isEmpty()) {
            MasterKey.parseAll(summary.path("keys").asText(), request.file().toString()).stream()
                    .filter(key -> keyOf(key.id()) == null)
                    .forEach(keys::add);
        }
        Path properties = here.folders().config().resolve("hub.properties");
        if (request.keepSettings() && Files.exists(properties)) {
            Files.copy(
                    properties,
                    scratch.resolve(HubBackup.CONFIG + "hub.properties"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        HubConfig config = request.settings()
                .apply(Map.of("hub.config", scratch.resolve("config").toString()));
        checkKey(config);
        fill(config.database(), scratch, summary.path("tables").asText());
        placeKey(config);
        Path before = here.folders().data().resolve("before-restore");
        place(scratch.resolve("certs"), config.folders().data().resolve("certs"), before.resolve("certs"), true);
        place(scratch.resolve("config"), here.folders().config(), before.resolve("config"), false);
        place(scratch.resolve("routes"), here.folders().routes(), before.resolve("routes"), false);
        place(scratch.resolve("site-routes"), here.folders().siteRoutes(), before.resolve("site-routes"), false);
        place(scratch.resolve("ext"), here.folders().ext(), before.resolve("ext"), false);
        place(scratch.resolve("firmware"), here.folders().firmware(), null, false);
        done.add("firmware: the catalog is there; copy the image files that it names into "
                + here.folders().firmware());
        done.add("The backup was made at " + summary.path("created").asText());
    }

    private void unpack(Path scratch) throws IOException {
        try (InputStream file = Files.newInputStream(request.file())) {
            BackupFile.skipHead(file, request.file());
            try (InputStream sealed = SealedStream.open(file, this::keyOf);
                    ZipInputStream zip = new ZipInputStream(sealed)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    Path target = scratch.resolve(entry.getName()).normalize();
                    if (!target.startsWith(scratch)) {
                        throw new IllegalConfigurationException(request.file() + " names files outside of itself");
                    }
                    Files.createDirectories(target.getParent());
                    Files.copy(zip, target);
                }
                // The last file of the ZIP is not the end of what is sealed, and who reads the ZIP reads no further
                sealed.transferTo(OutputStream.nullOutputStream());
            }
        }
        if (!Files.exists(scratch.resolve(HubBackup.SUMMARY))) {
            throw new IllegalConfigurationException(request.file() + " is not a whole backup");
        }
    }

    private @org.jspecify.annotations.Nullable MasterKey keyOf(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElse(null);
    }

    /** Another key that is there already belongs to other secrets and is not written over. */
    private void checkKey(HubConfig config) {
        MasterKeySource source = HubSecrets.source(config, new SecureRandom());
        if (source instanceof MasterKeySource.InFile inFile && !Files.exists(inFile.file())) {
            return;
        }
        if (!source.read().get(0).id().equals(keys.get(0).id())) {
            throw new IllegalConfigurationException(
                    "the master key of this machine is another one than that of the backup; "
                            + "restore into an empty data folder, or set the key of the backup");
        }
    }

    private void placeKey(HubConfig config) {
        if (HubSecrets.source(config, new SecureRandom()) instanceof MasterKeySource.InFile inFile
                && !Files.exists(inFile.file())) {
            inFile.write(keys);
            done.add("master key: " + inFile.file());
        }
    }

    private void fill(DatabaseSettings settings, Path scratch, String version) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(scratch.resolve("database"))) {
            parts = files.sorted().toList();
        }
        try (Database database = Database.openAt(settings.url(), settings.user(), settings.password(), version)) {
            if (!DatabaseDump.isEmpty(database)) {
                throw new IllegalConfigurationException("the database holds data already; restore needs an empty one "
                        + "(hub.database.url, or another hub.data)");
            }
            DatabaseDump.read(database, parts);
        }
        try (Database database = Database.open(settings.url(), settings.user(), settings.password())) {
            done.add("database: " + parts.size() + " tables; "
                    + (database.isReachable() ? "brought up to date" : "it does not answer"));
        }
    }

    /** Afterwards the folder is as in the backup; files that were otherwise lie in {@code before}, unless that is null. */
    private void place(Path from, Path to, @org.jspecify.annotations.Nullable Path before, boolean secret)
            throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        if (before != null) {
            moveAside(from, to, before);
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.toAbsolutePath().getParent());
            if (secret && target.toString().endsWith(".key")) {
                SecretFile.write(target, Files.readString(file));
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        done.add(to.getFileName() + ": " + files.size() + " files");
    }

    private void moveAside(Path from, Path to, Path before) throws IOException {
        List<Path> present;
        try (Stream<Path> all = Files.walk(to)) {
            present = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : present) {
            Path other = from.resolve(to.relativize(file).toString());
            if (!Files.exists(other) || Files.mismatch(file, other) >= 0) {
                Path aside = before.resolve(to.relativize(file).toString());
                Files.createDirectories(aside.getParent());
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
