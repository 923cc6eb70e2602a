package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.SettableClock;
import java.time.Duration;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class QuietRemoteFilesTest {
    private final SettableClock clock = new SettableClock();
    private final QuietRemoteFiles files = new QuietRemoteFiles(Duration.ofSeconds(10), clock);

    private boolean isTaken(String name, long length, long modified) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return files.acquireExclusiveReadLock(null, file(name, length, modified), new DefaultExchange(context));
        }
    }

    private static GenericFile<Object> file(String name, long length, long modified) {
        GenericFile<Object> file = new GenericFile<>();
        file.setAbsoluteFilePath(name);
        file.setFileLength(length);
        file.setLastModified(modified);
        return file;
    }

    @Test
    void file_thatHasChangedBetweenTwoPolls_isLeftAlone() throws Exception {
        assertThat(isTaken("a.csv", 100, 7)).as("seen first").isFalse();
        clock.forward(Duration.ofSeconds(9));
        assertThat(isTaken("a.csv", 100, 7)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(isTaken("a.csv", 120, 7)).as("has grown").isFalse();
        clock.forward(Duration.ofSeconds(9));
        assertThat(isTaken("a.csv", 120, 8)).as("was written to").isFalse();
        clock.forward(Duration.ofSeconds(10));
        assertThat(isTaken("a.csv", 120, 8)).isTrue();
        assertThat(isTaken("b.csv", 120, 8)).as("another one").isFalse();
    }

    @Test
    void file_thatWasTaken_beginsAnew_andOneThatFailedDoesNot() throws Exception {
        isTaken("a.csv", 100, 7);
        clock.forward(Duration.ofSeconds(10));
        assertThat(isTaken("a.csv", 100, 7)).isTrue();
        assertThat(isTaken("a.csv", 100, 7)).as("tried again").isTrue();
        files.releaseExclusiveReadLockOnCommit(null, file("a.csv", 100, 7), null);
        assertThat(isTaken("a.csv", 100, 7)).as("the same file uploaded again").isFalse();
    }
}
