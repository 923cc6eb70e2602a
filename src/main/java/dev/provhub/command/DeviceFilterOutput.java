package dev.provhub.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Says why the hub did not do something to devices; under a filter that cannot be read, a caret shows where. */
final class DeviceFilterOutput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_REFUSAL = 300;

    private DeviceFilterOutput() {}

    static boolean isRefused(AdministrationClient.Answer answer) {
        return answer.status() >= FIRST_REFUSAL;
    }

    /** Prints the reason, and gives the exit code. */
    static int complain(AdministrationClient.Answer answer, @Nullable String filter) {
        JsonNode problem = tree(answer.body());
        System.err.println("hub: " + problem.path("detail").asText("the hub answered " + answer.status()));
        int position = problem.path("position").asInt();
        if (filter != null && position > 0 && !filter.contains("\n")) {
            System.err.println("  " + filter);
            System.err.println("  " + " ".repeat(position - 1) + "^");
        }
        return 1;
    }

    static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
