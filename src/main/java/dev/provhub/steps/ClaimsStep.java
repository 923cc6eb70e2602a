package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.DeviceClaim;
import dev.provhub.device.DeviceClaims;
import dev.provhub.device.PlaceNames;
import dev.provhub.device.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Step {@code claims}: which devices belong to which tenant, before anybody orders a line. */
public final class ClaimsStep {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1000;

    private final DeviceClaims claims;
    private final PlaceNames places;
    private final UnitOfWork work;
    private final AuditLog audit;
    private final Clock clock;

    /** Needs the claims, the tenants that there are, and where it is written down who changed claims. */
    public ClaimsStep(DeviceClaims claims, PlaceNames places, UnitOfWork work, AuditLog audit, Clock clock) {
        this.claims = claims;
        this.places = places;
        this.work = work;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Claims, oldest first: those of the header {@code tenant} or all, behind the id in the header {@code after}; {@code next} is
     * the {@code after} of the next page, null on the last one.
     */
    public void list(Exchange exchange) {
        String tenant = exchange.getMessage().getHeader("tenant", String.class);
        String after = exchange.getMessage().getHeader("after", "0", String.class);
        if (!after.matches("\\d{1,18}")) {
            ApiAnswers.problem(exchange, 400, "Bad Request", "after=" + after + " is not the id of a claim");
            return;
        }
        List<DeviceClaims.Kept> page = claims.list(tenant, Long.parseLong(after), PAGE);
        ObjectNode body = JSON.createObjectNode();
        ArrayNode listed = body.putArray("claims");
        page.forEach(kept -> describe(kept, listed.addObject()));
        Long next = page.size() < PAGE ? null : Long.valueOf(page.get(PAGE - 1).id());
        body.put("next", next);
        ApiAnswers.json(exchange, 200, body.toString());
    }

    private static void describe(DeviceClaims.Kept kept, ObjectNode json) {
        DeviceClaim claim = kept.claim();
        json.put("id", kept.id());
        if (claim.kind() == DeviceClaim.Kind.RANGE) {
            json.put("from", claim.lowest()).put("to", claim.top());
        } else {
            json.put(claim.kind().name().toLowerCase(Locale.ROOT), claim.lowest());
        }
        json.put("tenant", claim.tenant()).put("since", kept.since().toString());
    }

    /**
     * Takes claims: rows of {@code text/csv}, answered by what became of each; or one JSON object, answered by 200, by 422 when
     * it cannot be read, by 409 when another tenant has the device.
     *
     * @throws IOException when the request cannot be read to its end
     */
    public void add(Exchange exchange) throws IOException {
        String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, "", String.class);
        if (type.startsWith("text/csv")) {
            importRows(exchange);
        } else {
            addOne(exchange);
        }
    }

    private void importRows(Exchange exchange) throws IOException {
        String who = HubExchange.caller(exchange);
        StringBuilder result = new StringBuilder();
        ClaimImport rows = new ClaimImport(claims, places, work, clock, result);
        InputStream csv = exchange.getMessage().getBody(InputStream.class);
        try (InputStream body = csv == null ? InputStream.nullInputStream() : csv) {
            rows.take(body);
        }
        audit.add(who, "claims imported ok=" + rows.ok() + " failed=" + rows.failed());
        ApiAnswers.answer(exchange, 200, "text/csv; charset=utf-8", result.toString());
    }

    private void addOne(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        try {
            List<DeviceClaim> named = ClaimRows.placed(ClaimRows.claims(fields(body)), places);
            String who = HubExchange.caller(exchange);
            work.run(() -> {
                named.forEach(claim -> add(claim, who));
                return named;
            });
            ApiAnswers.json(exchange, 200, "{\"claimed\":" + named.size() + "}");
        } catch (Conflict e) {
            ApiAnswers.problem(exchange, 409, "Conflict", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    private void add(DeviceClaim claim, String who) {
        DeviceClaims.Outcome outcome = claims.add(claim, clock.instant());
        if (outcome.conflict() != null) {
            throw new Conflict(outcome.conflict());
        }
        audit.add(who, "claim added " + claim.subject() + " tenant=" + claim.tenant());
    }

    /** Takes the claims back that were added before it in the same request. */
    private static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1;

        Conflict(String which) {
            super(which, null, false, false);
        }
    }

    private static Map<String, String> fields(byte @Nullable [] body) {
        JsonNode json = ApiAnswers.object(body);
        Map<String, String> fields = new HashMap<>();
        json.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        new ClaimRows(List.copyOf(fields.keySet()));
        return fields;
    }

    /** Takes the claim away that the headers {@code mac}, {@code serial}, or {@code from} and {@code to} name: 204, or 404. */
    public void remove(Exchange exchange) {
        Map<String, String> named = new HashMap<>(Map.of("tenant", "any"));
        for (String name : List.of("mac", "serial", "from", "to")) {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null) {
                named.put(name, value);
            }
        }
        try {
            List<DeviceClaim> wanted = ClaimRows.claims(named);
            String who = HubExchange.caller(exchange);
            boolean removed = work.run(() -> {
                List<DeviceClaim> gone = wanted.stream()
                        .filter(claim -> claims.remove(claim.kind(), claim.lowest(), claim.top()))
                        .toList();
                gone.forEach(claim -> audit.add(who, "claim removed " + claim.subject()));
                return !gone.isEmpty();
            });
            if (removed) {
                ApiAnswers.answer(exchange, 204, "application/json", "");
            } else {
                ApiAnswers.problem(exchange, 404, "Not Found", "there is no such claim");
            }
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }
}
