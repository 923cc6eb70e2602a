package dev.provhub.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where master keys come from: the first one seals, any further ones only open what they have sealed. */
public sealed interface MasterKeySource {
    /**
     * Reads them.
     *
     * @return at least one, the one that seals first
     * @throws SecretException naming the source, never a key
     */
    List<MasterKey> read();

    /** A file of mode 0600, made with a new key when it is missing. The only source that the hub can write. */
    record InFile(Path file, SecureRandom random) implements MasterKeySource {
        @Override
        public List<MasterKey> read() {
            MasterKey.openOrCreate(file, random);
            return MasterKey.parseAll(SecretFile.read(file), file.toString());
        }

        /** Replaces what the file holds; on disk when this returns. */
        public void write(List<MasterKey> keys) {
            SecretFile.write(file, keys.stream().map(MasterKey::text).collect(Collectors.joining("\n", "", "\n")));
        }

        /** Puts a key that nothing is sealed under any more aside, for backups that were made before. */
        public Path putAside(MasterKey retired) {
            Path aside = file.resolveSibling("retired-keys").resolve(retired.id() + ".key");
            if (!Files.exists(aside)) {
                SecretFile.write(aside, retired.text() + "\n");
            }
            return aside;
        }
    }

    /**
     * An environment variable.
     *
     * @param name  of it
     * @param value its value; null when it is not set
     */
    record InVariable(String name, @Nullable String value) implements MasterKeySource {
        @Override
        public List<MasterKey> read() {
            if (value == null || value.isBlank()) {
                throw new SecretException("hub.master-key.env = " + name
                        + " is not set in the environment; allowed: a variable that holds the master key");
            }
            return MasterKey.parseAll(value, "hub.master-key.env = " + name);
        }

        @Override
        public String toString() {
            return "InVariable[" + name + "]";
        }
    }

    /** A command of the shell, e.g. one that asks a key management service; what it says on standard error is shown. */
    record FromCommand(String command, Duration limit) implements MasterKeySource {
        /** As long as a start may wait. */
        public static final Duration USUAL_LIMIT = Duration.ofSeconds(10);

        private static final int MOST_BYTES = 16 * 1024;

        @Override
        public List<MasterKey> read() {
            Process process;
            try {
                process = new ProcessBuilder("/bin/sh", "-c", command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                process.getOutputStream().close();
            } catch (IOException e) {
                throw refused("cannot be run: " + e.getMessage());
            }
            try {
                CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
                String text = output.get(limit.toMillis(), TimeUnit.MILLISECONDS);
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new TimeoutException();
                }
                if (process.exitValue() != 0) {
                    throw refused("has ended with exit code " + process.exitValue());
                }
                return MasterKey.parseAll(text, "the output of hub.master-key.command = " + command);
            } catch (TimeoutException e) {
                throw refused("has not ended within " + limit.toSeconds() + " s");
            } catch (ExecutionException e) {
                throw refused("cannot be read");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refused("was interrupted");
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }

        private SecretException refused(String what) {
            return new SecretException("hub.master-key.command = " + command + " " + what
                    + "; allowed: a command that prints the master key within " + limit.toSeconds() + " s");
        }

        private static String text(InputStream in) {
            try {
                return new String(in.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
