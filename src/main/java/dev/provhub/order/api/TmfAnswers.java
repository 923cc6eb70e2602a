package dev.provhub.order.api;

import dev.provhub.device.StoreBusyException;
import dev.provhub.device.StoreException;
import dev.provhub.order.OrderConflict;
import dev.provhub.order.OrderRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of the TMF interfaces: JSON, and the standard's Error for what is refused. */
final class TmfAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(TmfAnswers.class);
    private static final String RETRY_AFTER = "Retry-After";
    /** In seconds. */
    private static final String SOON = "10";

    private static final String JSON = "application/json;charset=utf-8";

    private TmfAnswers() {}

    static ApiAnswer answered(Supplier<ApiAnswer> work) {
        try {
            return work.get();
        } catch (TmfRefusal e) {
            return answer(e.error().httpStatus(), e.error(), Map.of());
        } catch (OrderRefused e) {
            TmfError error = TmfError.invalidFields(e.problems());
            return answer(error.httpStatus(), error, Map.of());
        } catch (OrderConflict e) {
            String why = String.valueOf(e.getMessage());
            TmfError error = e.isOfName() ? TmfError.conflict(why) : TmfError.notPossible(why);
            return answer(error.httpStatus(), error, Map.of());
        } catch (StoreBusyException e) {
            LOG.warn("orders cannot be kept or read just now: {}", e.getMessage());
            return answer(503, TmfError.busy(), Map.of(RETRY_AFTER, SOON));
        } catch (StoreException e) {
            LOG.error("orders cannot be kept or read", e);
            return answer(503, TmfError.unavailable(), Map.of(RETRY_AFTER, SOON));
        }
    }

    static ApiAnswer answer(int status, Object body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", JSON);
        return new ApiAnswer(status, OrderJson.bytes(body), all);
    }

    static ApiAnswer nothing() {
        return new ApiAnswer(204, null, Map.of());
    }
}
