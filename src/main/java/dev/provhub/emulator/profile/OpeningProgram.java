package dev.provhub.emulator.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Calls {@code program MAC} with the file as its input and {@code --key}'s argument in {@code PHONE_KEY}; what it prints is the
 * opened profile. Any exit code but 0 is a corrupt file.
 *
 * @param program path of what can be run
 */
public record OpeningProgram(String program) implements CompiledProfiles {
    private static final int SECONDS = 20;
    private static final int LARGEST_BYTES = 4 << 20;

    @Override
    public byte[] open(byte[] body, String mac, String key) throws CorruptFileException {
        ProcessBuilder builder = new ProcessBuilder(program, mac).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PHONE_KEY", key);
        try {
            Process process = builder.start();
            CompletableFuture<byte[]> printed = CompletableFuture.supplyAsync(() -> read(process));
            try (OutputStream in = process.getOutputStream()) {
                in.write(body);
            } catch (IOException e) {
                // It has looked at the start only; its exit code says what it thinks of it
            }
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new CorruptFileException("the program that opens compiled files refuses it");
            }
            return printed.join();
        } catch (IOException e) {
            throw new CorruptFileException("the program that opens compiled files cannot be run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CorruptFileException("switched off");
        }
    }

    private static byte[] read(Process process) {
        try (InputStream out = process.getInputStream()) {
            return out.readNBytes(LARGEST_BYTES);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
