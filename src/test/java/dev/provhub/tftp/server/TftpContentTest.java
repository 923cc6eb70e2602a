package dev.provhub.tftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TftpContentTest {
    @TempDir
    private Path folder;

    private static byte[] read(TftpContent content, long offset, int length) throws IOException {
        ByteBuf out = Unpooled.buffer();
        content.read(offset, length, out);
        return ByteBufUtil.getBytes(out);
    }

    @Test
    void file_isReadAcrossPieces_andHeldOnceForAll() throws Exception {
        byte[] bytes = new byte[200_001];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("f"), bytes);
        long before = SharedFile.heldBytes();
        try (TftpContent first = TftpContent.of(file);
                TftpContent second = TftpContent.of(file)) {
            assertThat(first.size()).isEqualTo(200_001);
            for (TftpContent content : new TftpContent[] {first, second}) {
                assertThat(read(content, 0, 200_001)).isEqualTo(bytes);
                assertThat(read(content, 65_530, 20)).isEqualTo(Arrays.copyOfRange(bytes, 65_530, 65_550));
            }
            assertThat(SharedFile.heldBytes() - before).isEqualTo(200_001);
            first.close();
            first.close();
            assertThat(read(second, 200_000, 1)).isEqualTo(Arrays.copyOfRange(bytes, 200_000, 200_001));
        }
        assertThat(SharedFile.heldBytes()).isEqualTo(before);
    }

    @Test
    void file_replacedWhileItIsSent_staysWhatItWas_andIsNewForOthers() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "old");
        try (TftpContent old = TftpContent.of(file)) {
            Files.move(
                    Files.writeString(folder.resolve("g"), "new"),
                    file,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (TftpContent fresh = TftpContent.of(file)) {
                assertThat(read(old, 0, 3)).isEqualTo("old".getBytes());
                assertThat(read(fresh, 0, 3)).isEqualTo("new".getBytes());
            }
        }
    }

    @Test
    void file_cutOffWhileItIsSent_isAnError() throws Exception {
        Path file = Files.write(folder.resolve("f"), new byte[100]);
        try (TftpContent content = TftpContent.of(file)) {
            try (FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
                cut.truncate(10);
            }
            assertThatThrownBy(() -> read(content, 50, 10)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void file_largerThanWhatIsHeld_isReadAllTheSame() throws Exception {
        Path file = folder.resolve("large");
        try (FileChannel large = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            large.write(java.nio.ByteBuffer.wrap(new byte[] {7}), 40L * 1024 * 1024 - 1);
        }
        try (TftpContent content = TftpContent.of(file)) {
            for (long offset = 0; offset < content.size(); offset += 65_536) {
                read(content, offset, 10);
            }
            assertThat(SharedFile.heldBytes()).isLessThanOrEqualTo(32L * 1024 * 1024);
            assertThat(read(content, content.size() - 1, 1)).containsExactly(7);
        }
    }
}
