package dev.provhub.steps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own copies of the vendor's profile compiler, called as its guides say (Linksys SPA Provisioning Guide 3.0, Cisco
 * OL-19687-01): {@code spc in out}, {@code spc --target MAC in out}, {@code spc --aes --hex-key KEY in out}. What they write is not
 * looked into: its format is not public. A few run at a time, each for a bounded time. Thread-safe.
 */
public final class ProfileCompiler {
    private static final int MOST_AT_ONCE = 2;
    private static final int LARGEST_BYTES = 1 << 20;
    private static final int LONGEST_COMPLAINT = 200;

    private final @Nullable Path programs;
    private final Path scratch;
    private final Duration limit;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE, true);

    /** The program failed, or there is none. The message holds nothing of the profile. */
    static final class CompilerException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CompilerException(String message) {
            super(message);
        }
    }

    /**
     * Uses the programs of a folder.
     *
     * @param programs one program for each family, which has the family's name; null for none at all
     * @param scratch  where profiles lie while a program reads them, for nobody else to see
     * @param limit    longest that a program may run, and that one waits for its turn
     */
    public ProfileCompiler(@Nullable Path programs, Path scratch, Duration limit) {
        this.programs = programs;
        this.scratch = scratch;
        this.limit = limit;
    }

    /** Whether there is a program for a family. */
    boolean isFor(String family) {
        return programs != null && Files.isExecutable(programs.resolve(family));
    }

    /** Whether there are programs at all. */
    boolean isThere() {
        return programs != null;
    }

    /** What every device of the family can read. */
    byte[] generic(String family, String source) {
        return compile(family, List.of(), source);
    }

    /** @param mac twelve hex digits; only that device can read it */
    byte[] target(String family, String mac, String source) {
        return compile(family, List.of("--target", mac), source);
    }

    /** @param hexKey what the device's rule must have behind {@code --key}; visible to who may list processes on this machine */
    byte[] aes(String family, String hexKey, String source) {
        return compile(family, List.of("--aes", "--hex-key", hexKey), source);
    }

    private byte[] compile(String family, List<String> options, String source) {
        if (!isFor(family) || programs == null) {
            throw new CompilerException("there is no profile compiler for " + family + " in hub.targeting.compilers");
        }
        try {
            if (!places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CompilerException("the profile compilers are all busy");
            }
            try {
                return run(programs.resolve(family).toAbsolutePath(), options, source);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompilerException("interrupted while a profile was compiled");
        } catch (IOException e) {
            throw new CompilerException("the profile compiler of " + family + " cannot be run: " + e.getMessage());
        }
    }

    private byte[] run(Path program, List<String> options, String source) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        Path folder = Files.createTempDirectory(
                scratch, "profile", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path in = folder.resolve("profile.txt");
        Path out = folder.resolve("profile.cfg");
        Path said = folder.resolve("said.txt");
        try {
            Files.writeString(in, source, StandardCharsets.US_ASCII);
            List<String> command = new ArrayList<>();
            command.add(program.toString());
            command.addAll(options);
            command.add(in.toString());
            command.add(out.toString());
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new CompilerException(program + " did not end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0 || !Files.isRegularFile(out)) {
                throw new CompilerException(
                        program + " ended with " + process.exitValue() + " and said: " + complaint(said));
            }
            long size = Files.size(out);
            if (size == 0 || size > LARGEST_BYTES) {
                throw new CompilerException(
                        program + " wrote " + size + " bytes; 1 to " + LARGEST_BYTES + " make sense");
            }
            return Files.readAllBytes(out);
        } finally {
            for (Path file : List.of(in, out, said, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Its first line, unless that repeats what stands in the profile. */
    private static String complaint(Path said) throws IOException {
        String first = Files.readString(said, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("nothing");
        String plain = first.replaceAll("\"[^\"]*\"", "\"…\"").replaceAll("[^\\x20-\\x7e…]", "?");
        return plain.length() > LONGEST_COMPLAINT ? plain.substring(0, LONGEST_COMPLAINT) : plain;
    }
}
