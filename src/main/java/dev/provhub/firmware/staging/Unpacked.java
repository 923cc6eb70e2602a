package dev.provhub.firmware.staging;

import dev.provhub.firmware.container.Containers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * What was brought, in a workshop: one file, or those of an archive.
 *
 * @param files by the name each goes by
 */
record Unpacked(Map<String, Item> files, boolean archive) {
    /** Vendors' archives have some ten. */
    private static final int MOST_ENTRIES = 200;

    /** Two kinds of entries, each with a name of up to 64 KiB, an extra field and a comment as long. */
    private static final int MOST_DIRECTORY_BYTES = 2 * MOST_ENTRIES * (46 + 3 * 0xffff);

    private static final Pattern TRICK = Pattern.compile(
            "(^|.*[/\\\\])\\.{1,2}([/\\\\].*|$)|[/\\\\].*|[A-Za-z]:.*|.*[\\x00-\\x1f\\x7f\\\\].*", Pattern.DOTALL);

    /** A file in a workshop. */
    record Item(Path at, StagedImage.File file) {}

    /** Takes in what was brought. */
    static Unpacked of(StagingRequest request, Workshop workshop) throws IOException, RefusalException {
        if (TRICK.matcher(request.name()).matches() || request.name().indexOf('/') >= 0) {
            throw RefusalException.unfit("the name is a path; allowed: a file name without '/', '\\' and '..'");
        }
        workshop.expect(request.length());
        Path whole = workshop.place(0);
        StagedImage.File file;
        try (InputStream in = request.content().open()) {
            // Its name is looked at when it is known what it is
            file = workshop.write(in, whole, "whole");
        }
        if (file.length() == 0) {
            throw RefusalException.unfit("the file is empty");
        }
        if (request.length() >= 0 && file.length() != request.length()) {
            throw RefusalException.unfit(
                    "it was cut off: " + file.length() + " bytes came of " + request.length() + " that were declared");
        }
        String told = request.told().sha256();
        if (told != null && !told.equalsIgnoreCase(file.sha256())) {
            throw RefusalException.unfit("its SHA-256 is " + file.sha256() + ", and was said to be " + told);
        }
        if (Containers.isZip(whole)) {
            return new Unpacked(unzipped(whole, workshop), true);
        }
        return new Unpacked(Map.of(request.name(), new Item(whole, file)), false);
    }

    private static Map<String, Item> unzipped(Path zip, Workshop workshop) throws IOException, RefusalException {
        Map<String, Item> files = new LinkedHashMap<>();
        int folders = 0;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = nameOf(entry);
                if (entry.isDirectory()) {
                    // Whatever is passed over would be unpacked too, and nobody counts how much that is
                    if (++folders > MOST_ENTRIES || in.read() >= 0) {
                        throw RefusalException.unfit(
                                "the archive has a folder with bytes in it, or more than " + MOST_ENTRIES + " folders");
                    }
                    continue;
                }
                if (files.size() == MOST_ENTRIES) {
                    throw RefusalException.unfit("the archive has more than " + MOST_ENTRIES + " files");
                }
                workshop.expect(entry.getSize());
                Path to = workshop.place(files.size() + 1);
                Item item = new Item(to, workshop.write(in, to, "part"));
                if (find(files, name).isPresent()) {
                    throw RefusalException.unfit("the archive has two files of the name " + name);
                }
                files.put(name, item);
            }
        } catch (ZipException e) {
            throw RefusalException.unfit("the archive cannot be unpacked: " + e.getMessage());
        } catch (java.io.EOFException e) {
            throw RefusalException.unfit("the archive is cut off");
        } catch (IllegalArgumentException e) {
            throw RefusalException.unfit("the archive has a name that is no text");
        }
        if (files.isEmpty()) {
            throw RefusalException.unfit("the archive is empty, or no archive that can be read");
        }
        check(ZipDirectory.read(zip, MOST_DIRECTORY_BYTES), files.size() + folders);
        Files.delete(zip);
        return files;
    }

    private static void check(ZipDirectory directory, int read) throws RefusalException {
        if (directory.entries() != read) {
            throw RefusalException.unfit("the archive is damaged: its directory has " + directory.entries()
                    + " files and folders, and " + read + " can be read");
        }
        if (directory.links()) {
            throw RefusalException.unfit("the archive has a link in it; allowed: the files themselves");
        }
    }

    /** Folders in an archive do not count; a way out of them does. */
    private static String nameOf(ZipEntry entry) throws RefusalException {
        String path = entry.getName();
        if (TRICK.matcher(path).matches()) {
            throw RefusalException.unfit("the archive has a path that leads elsewhere: '"
                    + path.replaceAll("[^ -~]", "?") + "'; allowed: files, in folders without '..'");
        }
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A file by its name, case ignored. */
    Optional<Item> find(String name) {
        return find(files, name);
    }

    private static Optional<Item> find(Map<String, Item> files, String name) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
