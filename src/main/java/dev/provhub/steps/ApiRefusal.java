package dev.provhub.steps;

import dev.provhub.device.filter.FilterException;
import java.util.Map;
import org.apache.camel.Exchange;

/** Why a request is not done. The message is for who asked: it names what is wrong and what is allowed, and no secret. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, Object> more;

    ApiRefusal(int status, String detail) {
        this(status, detail, Map.of());
    }

    /** @param more members of the problem beside those that each has */
    ApiRefusal(int status, String detail, Map<String, Object> more) {
        super(detail, null, false, false);
        this.status = status;
        this.more = Map.copyOf(more);
    }

    static ApiRefusal noDevice() {
        return new ApiRefusal(404, "there is no such device");
    }

    /** Does something, and answers the reason when it is refused; a value that is not allowed is 422, a filter 400. */
    static void answering(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (ApiRefusal e) {
            ApiAnswers.problem(exchange, e.status, title(e.status), String.valueOf(e.getMessage()), e.more);
        } catch (FilterException e) {
            ApiAnswers.problem(
                    exchange,
                    400,
                    title(400),
                    String.valueOf(e.getMessage()),
                    Map.of("position", e.position(), "token", e.token()));
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, title(422), String.valueOf(e.getMessage()));
        }
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            case 501 -> "Not Implemented";
            default -> throw new IllegalStateException("no title for " + status);
        };
    }
}
