package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.secrets.KeyRotation;
import org.apache.camel.Exchange;

/** Step {@code masterKey}: which master key seals the database's secrets, and the change to another. No key is ever shown. */
public final class MasterKeyStep {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeyRotation rotation;

    /** Needs who changes the key. */
    public MasterKeyStep(KeyRotation rotation) {
        this.rotation = rotation;
    }

    /** Ids of the keys, and how a change stands. */
    public void status(Exchange exchange) {
        answer(exchange, 200, rotation.status());
    }

    /** Begins a change, or goes on with one; 409 with what has to be done first. */
    public void rotate(Exchange exchange) {
        try {
            answer(exchange, 202, rotation.begin(HubExchange.caller(exchange)));
        } catch (IllegalStateException e) {
            ApiAnswers.problem(exchange, 409, "Conflict", String.valueOf(e.getMessage()));
        }
    }

    private static void answer(Exchange exchange, int code, KeyRotation.Status status) {
        ObjectNode json = JSON.createObjectNode().put("current", status.current());
        status.earlier().forEach(json.putArray("earlier")::add);
        json.put("running", status.running());
        json.put("resealed", status.resealed());
        json.put("waiting", status.waiting());
        json.put("trouble", status.trouble());
        ApiAnswers.json(exchange, code, json.toString());
    }
}
