package dev.provhub.order.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.provhub.order.OrderProblem;
import java.util.List;

/**
 * The standard's Error.
 *
 * @param code    for programs, one of {@code invalidBody}, {@code invalidField}, {@code invalidQuery}, {@code conflict},
 *                {@code notPossible}, {@code notFound}, {@code unavailable}
 * @param reason  fixed text of the code
 * @param message names field, value and what is allowed
 * @param status  the HTTP status
 * @param type    always {@code Error}
 */
@JsonPropertyOrder({"code", "reason", "message", "status", "@type"})
record TmfError(
        String code,
        String reason,
        String message,
        String status,
        @JsonProperty("@type") String type) {

    private static TmfError of(int status, String code, String reason, String message) {
        return new TmfError(code, reason, message, Integer.toString(status), "Error");
    }

    static TmfError invalidBody(String message) {
        return of(400, "invalidBody", "The body cannot be read", message);
    }

    static TmfError invalidFields(List<OrderProblem> problems) {
        String message =
                String.join("; ", problems.stream().map(OrderProblem::message).toList());
        return of(400, "invalidField", "The request holds something that is not allowed", message);
    }

    static TmfError invalidFields(OrderProblem problem) {
        return invalidFields(List.of(problem));
    }

    static TmfError invalidQuery(OrderProblem problem) {
        return of(400, "invalidQuery", "The query is not allowed", problem.message());
    }

    static TmfError conflict(String message) {
        return of(409, "conflict", "The order contradicts an earlier one", message);
    }

    static TmfError notPossible(String message) {
        return of(409, "notPossible", "As things stand it is not possible", message);
    }

    static TmfError notFound(String id) {
        return notFound("service order", id);
    }

    /** @param what in words, e.g. {@code service order} */
    static TmfError notFound(String what, String id) {
        return of(404, "notFound", "There is no such " + what, "no " + what + " has the id '" + id + "'");
    }

    static TmfError unavailable() {
        return of(503, "unavailable", "Orders cannot be kept just now", "nothing was accepted; try again later");
    }

    static TmfError busy() {
        return of(503, "unavailable", "Orders cannot be kept just now", "another change is under way; try again later");
    }

    int httpStatus() {
        return Integer.parseInt(status);
    }
}
