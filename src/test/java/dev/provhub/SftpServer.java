package dev.provhub;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server of others: it knows one user by a key, and serves one folder. */
final class SftpServer implements AutoCloseable {
    private final SshServer ssh;
    private final Path folder;
    private final Path served;

    private SftpServer(SshServer ssh, Path folder, Path served) {
        this.ssh = ssh;
        this.folder = folder;
        this.served = served;
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
        SshServer ssh = SshServer.setUpDefaultServer();
        ssh.setHost("127.0.0.1");
        ssh.setPort(0);
        ssh.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("host.key")));
        ssh.setPublickeyAuthenticator((name, key, session) -> name.equals("hub")
                && Arrays.equals(key.getEncoded(), user.getPublic().getEncoded()));
        ssh.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        ssh.setFileSystemFactory(new VirtualFileSystemFactory(folder.resolve("served")));
        ssh.start();
        StringBuilder known = new StringBuilder();
        for (KeyPair pair : ssh.getKeyPairProvider().loadKeys(null)) {
            known.append("[127.0.0.1]:").append(ssh.getPort()).append(' ');
            PublicKeyEntry.appendPublicKeyEntry(known, pair.getPublic());
            known.append('\n');
        }
        Files.write(
                folder.resolve("known_hosts"),
                new TreeSet<>(known.toString().lines().toList()));
        return new SftpServer(ssh, folder, served);
    }

    /** The folder that users see as {@code files}. */
    Path files() {
        return served;
    }

    /** Settings of a hub, by the name of the one that has the URL. */
    Map<String, String> settings(String name) {
        return Map.of(
                name,
                "sftp://127.0.0.1:" + ssh.getPort() + "/files",
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
