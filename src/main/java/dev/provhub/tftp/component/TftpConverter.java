package dev.provhub.tftp.component;

import dev.provhub.tftp.server.TftpContent;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Converter;
import org.apache.camel.WrappedFile;

/**
 * From what a route leaves in the body to what is sent. A converter of a site's own to {@link TftpContent} counts likewise. Thread-safe.
 */
@Converter(generateLoader = true)
public final class TftpConverter {
    private static final int MOST_IN_MEMORY = 64 << 10;

    private TftpConverter() {}

    /** Bytes that nobody changes any more. */
    @Converter
    public static TftpContent toContent(byte[] bytes) {
        return TftpContent.of(bytes);
    }

    /** A file, read piece by piece while it is sent. */
    @Converter
    public static TftpContent toContent(File file) throws IOException {
        return TftpContent.of(file.toPath());
    }

    /** A file, read piece by piece while it is sent. */
    @Converter
    public static TftpContent toContent(Path file) throws IOException {
        return TftpContent.of(file);
    }

    /** A local file as Camel's file component gives it. */
    @Converter
    public static TftpContent toContent(WrappedFile<?> file) throws IOException {
        if (file.getFile() instanceof File local) {
            return TftpContent.of(local.toPath());
        }
        throw new FileNotFoundException(
                "the body is a file of another machine: convert it to a stream or to bytes first");
    }

    /**
     * A stream, read to its end now and closed. A long one goes into a file that is deleted once it is sent, because a block may have to be
     * sent again.
     */
    @Converter
    public static TftpContent toContent(InputStream stream) throws IOException {
        try (stream) {
            byte[] first = stream.readNBytes(MOST_IN_MEMORY);
            if (first.length < MOST_IN_MEMORY) {
                return TftpContent.of(first);
            }
            Path file = Files.createTempFile("tftp", null);
            try {
                try (OutputStream out = Files.newOutputStream(file)) {
                    out.write(first);
                    stream.transferTo(out);
                }
                return TftpContent.of(file).andThen(() -> delete(file));
            } catch (IOException | RuntimeException e) {
                delete(file);
                throw e;
            }
        }
    }

    private static void delete(Path file) {
        if (!file.toFile().delete()) {
            file.toFile().deleteOnExit();
        }
    }
}
