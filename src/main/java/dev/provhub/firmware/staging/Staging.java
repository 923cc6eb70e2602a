package dev.provhub.firmware.staging;

import dev.provhub.firmware.FirmwareCatalog;
import dev.provhub.firmware.FirmwareFamily.Container;
import dev.provhub.firmware.FirmwareVersion;
import dev.provhub.firmware.container.ContainerException;
import dev.provhub.firmware.container.LoadsList;
import dev.provhub.firmware.staging.StagingRequest.Told;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stages images: what is brought is written to the disk of the images beside them, looked into, and put in its place with a record of
 * what was found, or refused and forgotten. Nothing is ever overwritten, and nothing that is half written is ever served. Any thread.
 */
public final class Staging {
    private final ImageFolder folder;
    private final Supplier<FirmwareCatalog> catalog;
    private final Supplier<List<StagedImage>> records;
    private final Set<String> families;
    private final long most;
    private final Workshop.Disk disk;
    private final Clock clock;

    /**
     * Needs the images that are there.
     *
     * @param folder   of the images
     * @param catalog  as it is now
     * @param records  of staged images, as they are now
     * @param families that models have
     * @param most     bytes that one thing may have, unpacked
     */
    public Staging(
            Path folder,
            Supplier<FirmwareCatalog> catalog,
            Supplier<List<StagedImage>> records,
            Set<String> families,
            long most,
            Clock clock) {
        this(
                folder,
                catalog,
                records,
                families,
                most,
                in -> Files.getFileStore(in).getUsableSpace(),
                clock);
    }

    Staging(
            Path folder,
            Supplier<FirmwareCatalog> catalog,
            Supplier<List<StagedImage>> records,
            Set<String> families,
            long most,
            Workshop.Disk disk,
            Clock clock) {
        this.folder = new ImageFolder(folder);
        this.catalog = catalog;
        this.records = records;
        this.families = Set.copyOf(families);
        this.most = most;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Stages what was brought.
     *
     * @param kept told of each image before it is recorded; what it throws keeps all of them from being so
     * @throws IOException when what was brought cannot be read to its end
     */
    public StagingResult stage(StagingRequest request, Consumer<StagedImage> kept) throws IOException {
        try (Workshop workshop = open()) {
            Unpacked brought = Unpacked.of(request, workshop);
            ImageExamination examination = new ImageExamination(catalog.get(), families);
            List<Ready> ready = new ArrayList<>();
            List<String> names = images(brought, examination);
            for (String name : names) {
                ready.add(prepare(name, brought, request, names.size(), examination, workshop));
            }
            return keep(ready, brought, kept);
        } catch (RefusalException e) {
            return e.result();
        }
    }

    private Workshop open() throws RefusalException {
        try {
            return Workshop.open(folder.folder(), disk, most, clock.instant());
        } catch (IOException e) {
            throw Workshop.notWritten(e);
        }
    }

    /** An image that may be put in its place, with all of its files. */
    private record Ready(StagedImage image, List<Unpacked.Item> files) {}

    private static List<String> images(Unpacked brought, ImageExamination examination)
            throws IOException, RefusalException {
        if (!brought.archive()) {
            return List.copyOf(brought.files().keySet());
        }
        List<String> images = new ArrayList<>();
        for (Map.Entry<String, Unpacked.Item> file : brought.files().entrySet()) {
            if (examination.isImage(file.getKey(), file.getValue())) {
                images.add(file.getKey());
            }
        }
        if (images.isEmpty()) {
            throw RefusalException.unfit("the archive holds no image that is known by its first bytes or by its name: "
                    + ImageExamination.printable(
                            String.join(", ", brought.files().keySet())));
        }
        return images;
    }

    private Ready prepare(
            String name,
            Unpacked brought,
            StagingRequest request,
            int images,
            ImageExamination examination,
            Workshop workshop)
            throws IOException, RefusalException {
        Told told = request.told();
        if (images > 1 && (told.version() != null || told.from() != null || told.until() != null)) {
            throw RefusalException.unfit("the archive holds " + images
                    + " images; versions can be said of one image only, so bring each by itself");
        }
        Unpacked.Item item = brought.find(name).orElseThrow();
        // What was said of an archive's checksum says the same of what is in it
        Told here = told.sha256() == null
                ? told
                : new Told(
                        told.family(), told.version(), item.file().sha256(), told.from(), told.until(), told.notes());
        ImageExamination.Found found = examination.examine(name, item, here);
        StagedImage.File file = new StagedImage.File(
                found.name(), item.file().length(), item.file().sha256());
        List<Unpacked.Item> files = new ArrayList<>();
        List<StagedImage.File> parts = new ArrayList<>();
        if (found.container() == Container.LOADS) {
            for (Part part : parts(item.at(), brought, request.siblings(), workshop)) {
                parts.add(part.file());
                if (part.at() != null) {
                    files.add(new Unpacked.Item(part.at(), part.file()));
                }
            }
        }
        files.add(new Unpacked.Item(item.at(), file));
        StagedImage image = new StagedImage(
                file,
                found.family(),
                found.version(),
                ImageExamination.word(found.container()),
                found.verified(),
                told.from(),
                told.until(),
                parts,
                clock.instant().toString(),
                null,
                told.notes());
        return new Ready(image, files);
    }

    /** @param at null when it lies in its place already */
    private record Part(StagedImage.File file, @Nullable Path at) {}

    private List<Part> parts(Path list, Unpacked brought, @Nullable Path siblings, Workshop workshop)
            throws IOException, RefusalException {
        List<String> names;
        try {
            names = LoadsList.read(list);
        } catch (ContainerException e) {
            throw RefusalException.unfit(String.valueOf(e.getMessage()));
        }
        List<Part> parts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        int number = 1000;
        for (String name : names) {
            Optional<Unpacked.Item> here = brought.find(name);
            Path beside = siblings == null ? null : siblings.resolve(name);
            // Not whatever lies in the folder: a list must not publish what nobody has staged
            Optional<Path> placed = catalog.get().file(name);
            if (here.isPresent()) {
                StagedImage.File file = here.get().file();
                parts.add(new Part(
                        new StagedImage.File(name, file.length(), file.sha256()),
                        here.get().at()));
            } else if (beside != null && Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
                workshop.expect(Files.size(beside));
                Path to = workshop.place(number++);
                // Who may drop files here must not have the hub publish others by links
                try (InputStream in = Files.newInputStream(beside, LinkOption.NOFOLLOW_LINKS)) {
                    parts.add(new Part(workshop.write(in, to, name), to));
                }
            } else if (placed.isPresent() && Files.isRegularFile(placed.get())) {
                parts.add(new Part(
                        new StagedImage.File(
                                String.valueOf(placed.get().getFileName()),
                                Files.size(placed.get()),
                                Workshop.sha256(placed.get())),
                        null));
            } else {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw RefusalException.unfit("the list names files that did not come with it and are not here: "
                    + String.join(", ", missing) + "; bring the whole set, as the vendor's archive has it");
        }
        return parts;
    }

    private synchronized StagingResult keep(List<Ready> ready, Unpacked brought, Consumer<StagedImage> kept)
            throws RefusalException {
        List<StagedImage> images = new ArrayList<>();
        List<String> passedOver = new ArrayList<>(brought.files().keySet());
        List<Release> now = new ArrayList<>();
        records.get().forEach(record -> now.add(Release.of(record)));
        for (Ready one : ready) {
            check(one, now);
            now.add(Release.of(one.image()));
        }
        List<Path> made = new ArrayList<>();
        boolean isNew;
        try {
            isNew = place(ready, images, kept, made);
        } catch (IOException e) {
            folder.takeBack(made);
            throw Workshop.notWritten(e);
        } catch (RefusalException | RuntimeException e) {
            folder.takeBack(made);
            throw e;
        }
        for (Unpacked.Item file :
                ready.stream().flatMap(one -> one.files().stream()).toList()) {
            passedOver.removeIf(name -> brought.find(name)
                    .filter(item -> item.at().equals(file.at()))
                    .isPresent());
        }
        return new StagingResult.Staged(images, isNew, brought.archive() ? printable(passedOver) : List.of());
    }

    private static List<String> printable(List<String> names) {
        return names.stream().map(ImageExamination::printable).toList();
    }

    /**
     * Puts all in their places, with their records.
     *
     * @param images takes them as they are recorded
     * @param made   takes the files that were not there before
     * @return whether any image was not there before
     */
    private boolean place(List<Ready> ready, List<StagedImage> images, Consumer<StagedImage> kept, List<Path> made)
            throws IOException, RefusalException {
        boolean isNew = false;
        for (Ready one : ready) {
            Optional<StagedImage> before = before(one);
            boolean again = before.isPresent() && before.get().retired() == null;
            made.addAll(folder.place(one.files()));
            if (again) {
                images.add(said(before.get(), one.image(), kept));
                continue;
            }
            kept.accept(one.image());
            folder.record(one.image()).ifPresent(made::add);
            isNew = true;
            images.add(one.image());
        }
        return isNew;
    }

    /** What may be there under one name only. */
    private record Release(String file, String family, FirmwareVersion version) {
        static Release of(StagedImage image) {
            return new Release(image.file().name(), image.family(), FirmwareVersion.parse(image.version()));
        }

        boolean isUnderAnotherName(Release other) {
            return !file.equalsIgnoreCase(other.file) && family.equals(other.family) && version.isSameAs(other.version);
        }
    }

    private Optional<StagedImage> before(Ready one) {
        return records.get().stream()
                .filter(record -> record.file().equals(one.image().file()))
                .findFirst();
    }

    /** The same image again: what is said of it now counts, and what nobody says now stays. */
    private StagedImage said(StagedImage before, StagedImage now, Consumer<StagedImage> kept) throws IOException {
        StagedImage after = before.saying(now.from(), now.until(), now.notes());
        if (!after.equals(before)) {
            kept.accept(after);
            folder.record(after);
        }
        return after;
    }

    /** Before the first of several is put in its place: all of them or none. */
    private void check(Ready one, List<Release> now) throws RefusalException {
        Release release = Release.of(one.image());
        Optional<Release> same =
                now.stream().filter(release::isUnderAnotherName).findFirst();
        if (same.isPresent()) {
            throw new RefusalException(
                    StagingResult.Why.CONFLICT,
                    "version " + one.image().version() + " of family "
                            + one.image().family() + " is there already, as "
                            + same.get().file());
        }
        Optional<StagedImage> before = before(one).filter(record -> record.retired() == null);
        if (before.isPresent()
                && !(before.get().family().equals(one.image().family())
                        && FirmwareVersion.parse(before.get().version())
                                .isSameAs(FirmwareVersion.parse(one.image().version())))) {
            throw new RefusalException(
                    StagingResult.Why.CONFLICT,
                    one.image().file().name() + " is there as version "
                            + before.get().version() + " of family "
                            + before.get().family() + ", and devices may have been told so; allowed: to retire and"
                            + " delete it first");
        }
        try {
            folder.check(one.files());
        } catch (IOException e) {
            throw Workshop.notWritten(e);
        }
    }

    /** What was staged under a name, case ignored; empty for nothing. */
    public Optional<StagedImage> find(String name) {
        return records.get().stream()
                .filter(record -> record.file().name().equalsIgnoreCase(name))
                .findFirst();
    }

    private Set<String> others(StagedImage image) {
        return catalog.get().images().stream()
                .filter(other -> !other.file().equalsIgnoreCase(image.file().name()))
                .flatMap(other -> Stream.concat(Stream.of(other.path()), other.parts().stream()))
                .map(path -> NamedVersion.lower(String.valueOf(path.getFileName())))
                .collect(Collectors.toSet());
    }

    /**
     * Offers an image to no device any more. It is still given to those that were told before, until it is deleted.
     *
     * @throws IOException when that cannot be written
     */
    public synchronized StagedImage retire(StagedImage image, boolean delete) throws IOException {
        StagedImage retired =
                image.retired() == null ? image.retired(clock.instant().toString()) : image;
        if (delete) {
            folder.delete(image, records.get(), others(image));
        } else {
            folder.record(retired);
        }
        return retired;
    }
}
