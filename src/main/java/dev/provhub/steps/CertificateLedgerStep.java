package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.AuditLog;
import dev.provhub.device.CertificateLedger;
import dev.provhub.device.MacAddress;
import dev.provhub.device.UnitOfWork;
import dev.provhub.pki.Revocation;
import dev.provhub.pki.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** Step {@code certificateLedger}: which certificates devices have shown, when they end, and which are believed no more. */
public final class CertificateLedgerStep {
    private static final int LARGEST_BYTES = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1000;
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 99_999;

    private final CertificateLedger ledger;
    private final Revocations revocations;
    private final Runnable changed;
    private final AuditLog audit;
    private final UnitOfWork unitOfWork;
    private final Clock clock;

    /**
     * Needs both lists.
     *
     * @param changed has revocations counted at once
     */
    public CertificateLedgerStep(
            CertificateLedger ledger,
            Revocations revocations,
            Runnable changed,
            AuditLog audit,
            UnitOfWork unitOfWork,
            Clock clock) {
        this.ledger = ledger;
        this.revocations = revocations;
        this.changed = changed;
        this.audit = audit;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
    }

    /** The fleet by the end of its certificates: a count by year, and those that end within {@code days} (90), at most 1,000. */
    public void fleet(Exchange exchange) {
        int days;
        try {
            days = ApiQuery.number(exchange, "days", USUAL_DAYS, MOST_DAYS);
        } catch (ApiRefusal e) {
            ApiAnswers.problem(exchange, 400, "Bad Request", String.valueOf(e.getMessage()));
            return;
        }
        ObjectNode json = JSON.createObjectNode();
        ArrayNode years = json.putArray("years");
        ledger.byYear()
                .forEach(year -> years.addObject().put("year", year.year()).put("certificates", year.certificates()));
        ArrayNode ending = json.putArray("ending");
        ledger.endingBefore(clock.instant().plus(Duration.ofDays(days)), MOST).forEach(one -> ending.addObject()
                .put("mac", one.mac().hex())
                .put("model", one.model())
                .put("serial", one.certificate().serial())
                .put("notAfter", one.certificate().notAfter().toString())
                .put("issuer", one.certificate().issuer()));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** Lets a device come with another certificate than the one it is bound to: 204. */
    public void release(Exchange exchange) {
        Optional<MacAddress> mac = MacAddress.find(exchange.getMessage().getHeader("mac", "", String.class));
        if (mac.isEmpty()) {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such device");
            return;
        }
        String who = HubExchange.caller(exchange);
        unitOfWork.run(() -> {
            ledger.release(mac.get());
            audit.add(who, "certificate released device=" + mac.get());
            return mac;
        });
        ApiAnswers.answer(exchange, 204, "application/json", "");
    }

    /** What is believed no more. */
    public void revoked(Exchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("revocations");
        revocations.all().forEach(one -> all.addObject()
                .put("kind", word(one.kind()))
                .put("what", one.what())
                .put("reason", one.reason())
                .put("since", one.since().toString()));
        ApiAnswers.json(exchange, 200, json.toString());
    }

    /** Revokes from {@code {"mac": …}} or {@code {"certificate": …}}, with a {@code reason}: 201; 422 with what is wrong. */
    public void revoke(Exchange exchange) {
        try {
            JsonNode body = ApiAnswers.object(exchange, LARGEST_BYTES, Set.of("mac", "certificate", "reason"));
            Revocation made = revocation(body);
            String who = HubExchange.caller(exchange);
            unitOfWork.run(() -> {
                revocations.add(made);
                audit.add(who, "revoked " + word(made.kind()) + "=" + made.what() + " reason=" + made.reason());
                return made;
            });
            changed.run();
            ApiAnswers.json(
                    exchange,
                    201,
                    JSON.createObjectNode()
                            .put("kind", word(made.kind()))
                            .put("what", made.what())
                            .toString());
        } catch (IllegalArgumentException e) {
            ApiAnswers.problem(exchange, 422, "Unprocessable Content", String.valueOf(e.getMessage()));
        }
    }

    private Revocation revocation(JsonNode body) {
        String reason = body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > 200 || reason.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("reason is missing; allowed: 1 to 200 characters on one line");
        }
        if (body.has("mac") == body.has("certificate")) {
            throw new IllegalArgumentException("either mac or certificate must be named");
        }
        if (body.has("mac")) {
            return new Revocation(
                    Revocation.Kind.MAC,
                    MacAddress.parse(body.path("mac").asText()).hex(),
                    reason,
                    clock.instant());
        }
        String number =
                body.path("certificate").asText().toLowerCase(Locale.ROOT).replace(":", "");
        if (!number.matches("[0-9a-f]{1,64}")) {
            throw new IllegalArgumentException(
                    "certificate = '" + number + "' is not allowed; allowed: its number in hex");
        }
        return new Revocation(
                Revocation.Kind.CERTIFICATE,
                // As Java writes it: without leading zeros
                new java.math.BigInteger(number, 16).toString(16),
                reason,
                clock.instant());
    }

    /** Takes a revocation back: 204; 404 when there is none. */
    public void reinstate(Exchange exchange) {
        String kind = exchange.getMessage().getHeader("kind", "", String.class);
        String what = exchange.getMessage().getHeader("what", "", String.class).toLowerCase(Locale.ROOT);
        String who = HubExchange.caller(exchange);
        boolean removed = kind.matches("mac|certificate")
                && unitOfWork.run(() -> {
                    boolean gone = revocations.remove(Revocation.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), what);
                    if (gone) {
                        audit.add(who, "reinstated " + kind + "=" + what);
                    }
                    return gone;
                });
        if (removed) {
            changed.run();
            ApiAnswers.answer(exchange, 204, "application/json", "");
        } else {
            ApiAnswers.problem(exchange, 404, "Not Found", "there is no such revocation");
        }
    }

    private static String word(Revocation.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
