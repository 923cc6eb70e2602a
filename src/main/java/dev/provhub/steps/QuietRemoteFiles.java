package dev.provhub.steps;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileExclusiveReadLockStrategy;
import org.apache.camel.component.file.GenericFileOperations;

/**
 * Leaves files on the server of another alone until nothing was seen to change of them for some time, for a route's {@code
 * exclusiveReadLockStrategy}: what is still being uploaded would be taken as far as it has come. Length and time are compared between two
 * polls, by this machine's clock, so that the server's may be wrong; nobody waits meanwhile. Thread-safe; one for each route.
 */
public final class QuietRemoteFiles implements GenericFileExclusiveReadLockStrategy<Object> {
    private static final int REMEMBERED = 10_000;

    private final Duration quiet;
    private final Clock clock;
    private final Map<String, Seen> seen = new Newest();

    /** How a file looked, and since when it has looked so. */
    private record Seen(long length, long modified, Instant since) {}

    private static final class Newest extends LinkedHashMap<String, Seen> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > REMEMBERED;
        }
    }

    /** @param quiet for how long nothing may change */
    public QuietRemoteFiles(Duration quiet, Clock clock) {
        this.quiet = quiet;
        this.clock = clock;
    }

    @Override
    public synchronized boolean acquireExclusiveReadLock(
            GenericFileOperations<Object> operations, GenericFile<Object> file, Exchange exchange) {
        Instant now = clock.instant();
        Seen before = seen.get(file.getAbsoluteFilePath());
        if (before == null || before.length() != file.getFileLength() || before.modified() != file.getLastModified()) {
            seen.put(file.getAbsoluteFilePath(), new Seen(file.getFileLength(), file.getLastModified(), now));
            return false;
        }
        return !Duration.between(before.since(), now).minus(quiet).isNegative();
    }

    @Override
    public synchronized void releaseExclusiveReadLockOnCommit(
            GenericFileOperations<Object> operations, GenericFile<Object> file, Exchange exchange) {
        seen.remove(file.getAbsoluteFilePath());
    }

    @Override
    public void releaseExclusiveReadLockOnAbort(
            GenericFileOperations<Object> operations, GenericFile<Object> file, Exchange exchange) {}

    @Override
    public void releaseExclusiveReadLockOnRollback(
            GenericFileOperations<Object> operations, GenericFile<Object> file, Exchange exchange) {}

    @Override
    public void prepareOnStartup(GenericFileOperations<Object> operations, GenericFileEndpoint<Object> endpoint) {}

    @Override
    public void setTimeout(long timeout) {}

    @Override
    public void setCheckInterval(long checkInterval) {}

    @Override
    public void setReadLockLoggingLevel(LoggingLevel readLockLoggingLevel) {}

    @Override
    public void setMarkerFiler(boolean markerFile) {}

    @Override
    public void setDeleteOrphanLockFiles(boolean deleteOrphanLockFiles) {}
}
