package dev.provhub.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ./hub hold}: the brake. */
@Command(
        name = "hold",
        description = "Stops every rollout at once: no device is told any more, no group begins.",
        mixinStandardHelpOptions = true)
final class HoldCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/hold";

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private HubCommand hub;

    @Option(names = "--release", description = "lets them go on")
    private boolean release;

    @Option(names = "--status", description = "only tells whether they are held")
    private boolean status;

    @Override
    public Integer call() {
        AdministrationClient client = hub.client();
        AdministrationClient.Answer answer = status
                ? client.get(PATH)
                : release ? client.delete(PATH) : client.post(PATH, "application/json", new byte[0]);
        return ApiOutput.print(
                answer,
                false,
                body -> body.path("held").asBoolean()
                        ? "every rollout is held since " + body.path("since").asText() + " by "
                                + body.path("who").asText()
                        : "rollouts go on");
    }
}
