package dev.provhub.command;

import dev.provhub.profile.FlatProfileWriter;
import dev.provhub.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub rc-template}: what to file with the vendor. */
@Command(
        name = "rc-template",
        description = "Prints the minimal profile to file with the vendor for remote customization.",
        mixinStandardHelpOptions = true)
final class RcTemplateCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "for the units of one tenant")
    private @Nullable String tenant;

    @Override
    public Integer call() {
        Profile profile = hub.launcher().remoteCustomization(hub.read(), tenant);
        profile.notes().forEach(note -> System.err.println("note: " + note.name() + " " + note.because()));
        System.out.print(new String(FlatProfileWriter.write(profile), StandardCharsets.US_ASCII));
        return 0;
    }
}
