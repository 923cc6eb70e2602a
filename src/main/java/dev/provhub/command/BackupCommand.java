package dev.provhub.command;

import dev.provhub.config.HubConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./hub backup}: everything that another machine needs to be this hub. */
@Command(
        name = "backup",
        description = {
            "Writes everything that another machine needs to be this hub, sealed under the master key, which is not in it.",
            "The hub may run meanwhile."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "to write; must not be there yet")
    private Path file = Path.of("");

    @Option(
            names = "--with-key",
            description =
                    "puts the master key into it, under a pass phrase that is asked for or in HUB_BACKUP_PASSPHRASE")
    private boolean withKey;

    @Override
    public Integer call() throws IOException {
        HubConfig config = hub.read();
        if (Files.exists(file)) {
            System.err.println("hub: " + file + " is there already");
            return 2;
        }
        @Nullable String passPhrase = withKey ? PassPhrase.asked(hub, spec, true) : null;
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path folder = file.toAbsolutePath().getParent();
        Path sealed = Files.createTempFile(folder, "backup", ".sealed", ownerOnly);
        Path whole = Files.createTempFile(folder, "backup", ".part", ownerOnly);
        try {
            if (!writeSealed(config, sealed)) {
                return 1;
            }
            try (OutputStream out = Files.newOutputStream(whole, StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(hub.launcher().backupHead(config, Optional.ofNullable(passPhrase)));
                Files.copy(sealed, out);
            }
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(sealed);
            Files.deleteIfExists(whole);
        }
        System.out.println("Wrote " + file + " (" + Files.size(file) + " bytes). "
                + (withKey
                        ? "Whoever has it and the pass phrase has everything."
                        : "Without the master key it is worth nothing: keep that elsewhere."));
        return 0;
    }

    /** The running hub writes it, because nobody else may open an embedded database; without one it is opened here. */
    private boolean writeSealed(HubConfig config, Path sealed) throws IOException {
        if (!AdministrationClient.isAnswered(config)) {
            hub.launcher().backup(config, Files.newOutputStream(sealed));
            return true;
        }
        AdministrationClient.Answer answer = hub.client(config).download("/api/v1/backup", sealed);
        return answer.status() == 200 || ApiOutput.body(answer).isPresent();
    }
}
