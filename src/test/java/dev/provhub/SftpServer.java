package dev.provhub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.awaitility.Awaitility;

/** An SFTP server of others: it knows one user by a key, and serves one folder. It can go away, refuse, and break off. */
final class SftpServer implements AutoCloseable {
    private static final int BREAKS_AFTER = 32_768;

    private final Path folder;
    private final Path served;
    private final KeyPair user;
    private final AtomicInteger breaks = new AtomicInteger();
    private final AtomicInteger lists = new AtomicInteger();
    private final int port;
    private SshServer ssh;
    private volatile boolean refuses;
    private volatile boolean readOnly;

    private SftpServer(Path folder, Path served, KeyPair user) throws Exception {
        this.folder = folder;
        this.served = served;
        this.user = user;
        this.ssh = listen(0);
        this.port = ssh.getPort();
    }

    /** @param folder for its keys; what it serves lies in {@code served} in it */
    static SftpServer start(Path folder) throws Exception {
        Path served = Files.createDirectories(folder.resolve("served/files"));
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair user = keys.generateKeyPair();
        try (OutputStream out = Files.newOutputStream(folder.resolve("id"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "hub", null, out);
        }
        SftpServer server = new SftpServer(folder, served, user);
        StringBuilder known = new StringBuilder();
        for (KeyPair pair : server.ssh.getKeyPairProvider().loadKeys(null)) {
            known.append("[127.0.0.1]:").append(server.ssh.getPort()).append(' ');
            PublicKeyEntry.appendPublicKeyEntry(known, pair.getPublic());
            known.append('\n');
        }
        Files.write(
                folder.resolve("known_hosts"),
                new TreeSet<>(known.toString().lines().toList()));
        return server;
    }

    private SshServer listen(int port) throws IOException {
        SftpSubsystemFactory files = new SftpSubsystemFactory();
        files.addSftpEventListener(new SftpEventListener() {
            @Override
            public void opening(ServerSession session, String remoteHandle, Handle localHandle) throws IOException {
                if (readOnly
                        && localHandle instanceof FileHandle file
                        && file.getOpenOptions().contains(StandardOpenOption.WRITE)) {
                    throw new AccessDeniedException(localHandle.getFile().toString());
                }
            }

            @Override
            public void readingEntries(ServerSession session, String remoteHandle, DirectoryHandle localHandle) {
                lists.incrementAndGet();
            }

            @Override
            public void reading(
                    ServerSession session,
                    String remoteHandle,
                    FileHandle localHandle,
                    long offset,
                    byte[] data,
                    int dataOffset,
                    int dataLen) {
                if (offset >= BREAKS_AFTER && breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    session.close(true);
                }
            }
        });
        SshServer listening = SshServer.setUpDefaultServer();
        listening.setHost("127.0.0.1");
        listening.setPort(port);
        listening.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host.key")));
        listening.setPublickeyAuthenticator((name, key, session) -> !refuses
                && name.equals("hub")
                && Arrays.equals(key.getEncoded(), user.getPublic().getEncoded()));
        listening.setSubsystemFactories(List.of(files));
        listening.setFileSystemFactory(new VirtualFileSystemFactory(folder.resolve("served")));
        listening.start();
        return listening;
    }

    /** Goes away: nothing listens any more, and who is connected is cut off. */
    void goAway() throws IOException {
        ssh.stop(true);
    }

    /** Is there again, where it was. */
    void comeBack() throws IOException {
        ssh = listen(port);
    }

    /** Takes no key any more, or the right one again. */
    void refuse(boolean whether) {
        refuses = whether;
    }

    /** Takes no file any more, or takes them again. */
    void readOnly(boolean whether) {
        readOnly = whether;
    }

    /** Cuts off whoever reads a file of more than 64 KiB, in the middle, as often. */
    void breakOff(int times) {
        breaks.set(times);
    }

    /** Waits until the folder was listed as often once more, each time from the beginning. */
    void awaitLists(int times) {
        int before = lists.get();
        // A list that has begun before may not show what is there now, and one is read in several turns
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lists.get() >= before + 2 * (times + 1));
    }

    /** The folder that users see as {@code files}. */
    Path files() {
        return served;
    }

    /** Settings of a hub, by the name of the one that has the URL. */
    Map<String, String> settings(String name) {
        return Map.of(
                name,
                "sftp://127.0.0.1:" + port + "/files",
                name + ".user",
                "hub",
                name + ".private-key",
                folder.resolve("id").toString(),
                name + ".known-hosts",
                folder.resolve("known_hosts").toString());
    }

    @Override
    public void close() throws Exception {
        ssh.close();
    }
}
