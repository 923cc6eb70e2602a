package dev.provhub.emulator.firmware;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * What a family makes of a downloaded image.
 *
 * @param kind   its container
 * @param text   how it writes versions
 * @param prefix of a {@code .loads} file, e.g. {@code sip78xx.}; empty where names do not matter
 */
public record ImageCheck(ContainerKind kind, FirmwareVersionText text, String prefix) {
    /**
     * Looks into an image that is already here.
     *
     * @param fileName last part of its URL
     * @return the version that will run
     * @throws ImageRefusedException when the phone would not flash it
     */
    public String versionOf(String fileName, byte[] image) throws ImageRefusedException {
        ImageReader reader = reader(fileName);
        reader.accept(ByteBuffer.wrap(image));
        return reader.version();
    }

    /** Looks into one that is still coming. */
    public ImageReader reader(String fileName) {
        ImageReader inner =
                switch (kind) {
                    case SECTORS -> new SectorImage.Reader();
                    case MODULES -> new ModuleImage.Reader();
                    case LOADS -> new Listing(fileName);
                    case UNDESCRIBED -> new Named(fileName);
                };
        return new NotEmpty(inner);
    }

    private String byName(String fileName) throws ImageRefusedException {
        return FileNameVersion.read(fileName, text)
                .orElseThrow(() -> new ImageRefusedException("has no version in its file name"));
    }

    /** No container is of no bytes. */
    private static final class NotEmpty implements ImageReader {
        private final ImageReader inner;
        private boolean seen;

        NotEmpty(ImageReader inner) {
            this.inner = inner;
        }

        @Override
        public void accept(ByteBuffer piece) {
            seen |= piece.hasRemaining();
            inner.accept(piece);
        }

        @Override
        public String version() throws ImageRefusedException {
            if (!seen) {
                throw new ImageRefusedException("is empty");
            }
            return inner.version();
        }
    }

    /** An image that only its name describes. */
    private final class Named implements ImageReader {
        private final String fileName;

        Named(String fileName) {
            this.fileName = fileName;
        }

        @Override
        public void accept(ByteBuffer piece) {
            piece.position(piece.limit());
        }

        @Override
        public String version() throws ImageRefusedException {
            return byName(fileName);
        }
    }

    /** A list of files. */
    private final class Listing implements ImageReader {
        private final String fileName;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();

        Listing(String fileName) {
            this.fileName = fileName;
        }

        @Override
        public void accept(ByteBuffer piece) {
            byte[] bytes = new byte[Math.min(piece.remaining(), LoadsFile.LARGEST_BYTES + 1 - text.size())];
            piece.get(bytes);
            text.writeBytes(bytes);
        }

        @Override
        public String version() throws ImageRefusedException {
            if (!fileName.startsWith(prefix) || !fileName.endsWith(".loads")) {
                throw new ImageRefusedException("is not called " + prefix + "<version>.loads");
            }
            LoadsFile.parse(text.toByteArray());
            return byName(fileName);
        }
    }
}
