package dev.provhub.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.device.Device;
import dev.provhub.device.DeviceJobs;
import dev.provhub.device.DeviceJobs.Job;
import dev.provhub.device.filter.Candidate;
import dev.provhub.device.filter.DeviceFilter;
import dev.provhub.device.filter.FilterParser;
import dev.provhub.devicelog.PlainText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/** Step {@code deviceActions}: the same for many devices at once, as jobs that tell how far they are. */
public final class DeviceActionsStep implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY_BYTES = 64 * 1024;
    private static final int SHOWN = 20;
    /** An action on more devices than this is done only by who says how many they are. */
    private static final int WITHOUT_CONFIRMATION = 100;

    private static final int JOBS_SHOWN = 100;
    private static final Set<String> FIELDS =
            Set.of("action", "filter", "dryRun", "confirm", "add", "remove", "reason");

    private final DeviceStores stores;
    private final FilterParser filters;
    private final BulkActions actions;
    private final DeviceJobs jobs;
    private final BulkJobs running;
    private final DeviceCsv csv;
    private final Path exports;
    private final Supplier<String> ids;
    private final Clock clock;

    /**
     * Needs the devices and what can be done to them.
     *
     * @param isSecret whether the value of a device's own setting is never shown
     * @param exports  folder of what jobs write
     * @param ids      gives a new id
     */
    public DeviceActionsStep(
            DeviceStores stores,
            FilterParser filters,
            BulkActions actions,
            DeviceJobs jobs,
            Predicate<String> isSecret,
            Path exports,
            Supplier<String> ids,
            Clock clock) {
        this.stores = stores;
        this.filters = filters;
        this.actions = actions;
        this.jobs = jobs;
        this.running = new BulkJobs(jobs, stores.search(), stores.work(), clock);
        this.csv = new DeviceCsv(stores.search(), isSecret);
        this.exports = exports;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Does an {@code action} to all devices that {@code filter} means: 202 with the job. With {@code dryRun} 200 with how many they
     * are and the first of them. More than 100 devices need {@code confirm}, their number: 409 without it, or when it is another one.
     */
    public void act(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            JsonNode body = body(exchange);
            String name = body.path("action").asText();
            if (!BulkActions.NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "action '" + name + "' is not known; allowed: " + String.join(", ", BulkActions.NAMES));
            }
            if (body.path("filter").asText().isBlank()) {
                throw new IllegalArgumentException("field 'filter' is missing; 'all' means every device");
            }
            // It goes into one line of the audit log; blanks of any kind mean the same in a filter
            String text = PlainText.of(body.path("filter").asText());
            DeviceFilter filter = filters.parse(text);
            String who = HubExchange.caller(exchange);
            boolean export = name.equals("export");
            BulkAction action = export ? null : actions.read(name, body, who);
            long count = stores.search().count(filter);
            if (flag(body, "dryRun")) {
                ApiAnswers.json(exchange, 200, tried(name, text, filter, count).toString());
                return;
            }
            confirm(body, count);
            if (!running.hasRoom()) {
                throw new ApiRefusal(409, "too many jobs wait already");
            }
            Instant now = clock.instant();
            Job job =
                    new Job(ids.get(), name, text, who, DeviceJobs.State.RUNNING, count, 0, 0, 0, null, now, now, null);
            if (action == null) {
                ExportAction.forgetBefore(exports, now.minus(BulkJobs.KEPT));
                action = new ExportAction(csv, ExportAction.file(exports, job.id()));
            }
            stores.work().run(() -> {
                jobs.forgetBefore(now.minus(BulkJobs.KEPT));
                jobs.add(job);
                stores.audit().add(who, "bulk " + name + " job=" + job.id() + " devices=" + count + " filter=" + text);
                return job;
            });
            running.start(job, filter, action);
            ApiAnswers.json(exchange, 202, describe(job).toString());
            exchange.getMessage().setHeader("Location", "/api/v1/jobs/" + job.id());
        });
    }

    private static JsonNode body(Exchange exchange) {
        byte[] bytes = ApiAnswers.body(exchange, LARGEST_BODY_BYTES);
        if (bytes.length > LARGEST_BODY_BYTES) {
            throw new ApiRefusal(413, "an action may have 64 KiB at most");
        }
        return ApiAnswers.withOnly(ApiAnswers.object(bytes), FIELDS);
    }

    private static boolean flag(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new IllegalArgumentException("field '" + field + "' is neither true nor false");
        }
        return value.asBoolean();
    }

    private static void confirm(JsonNode body, long count) {
        JsonNode confirm = body.path("confirm");
        boolean isSaid = confirm.isIntegralNumber();
        if (!confirm.isMissingNode() && !isSaid) {
            throw new IllegalArgumentException("field 'confirm' is no number");
        }
        if ((isSaid && confirm.asLong() != count) || (!isSaid && count > WITHOUT_CONFIRMATION)) {
            throw new ApiRefusal(
                    409,
                    isSaid
                            ? "the filter means " + count + " devices now, not " + confirm.asLong()
                            : "the filter means " + count + " devices; repeat the request with confirm: " + count,
                    java.util.Map.of("count", count));
        }
    }

    private ObjectNode tried(String name, String text, DeviceFilter filter, long count) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("action", name).put("filter", text).put("count", count).put("confirm", count);
        ArrayNode first = answer.putArray("devices");
        stores.search().page(filter, null, SHOWN).forEach(found -> {
            Candidate candidate = found.candidate();
            Device device = candidate.device();
            ObjectNode one = first.addObject()
                    .put("mac", device.mac().hex())
                    .put("model", device.model())
                    .put("tenant", device.place().tenant())
                    .put("state", device.standing().state().name());
            ArrayNode labels = one.putArray("labels");
            new TreeSet<>(candidate.labels()).forEach(labels::add);
        });
        return answer;
    }

    /** The newest jobs, newest first. */
    public void jobs(Exchange exchange) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode all = body.putArray("jobs");
        List<Job> latest = jobs.latest(JOBS_SHOWN);
        latest.forEach(job -> all.add(describe(job)));
        ApiAnswers.json(exchange, 200, body.toString());
    }

    /** How one job stands, or 404. */
    public void job(Exchange exchange) {
        ApiRefusal.answering(
                exchange,
                () -> ApiAnswers.json(exchange, 200, describe(named(exchange)).toString()));
    }

    /** What an export has written; 404 when there is no such job, it is no export, or its file is on another hub; 409 while it runs. */
    public void result(Exchange exchange) {
        ApiRefusal.answering(exchange, () -> {
            Job job = running.told(named(exchange));
            if (job.state() == DeviceJobs.State.RUNNING) {
                throw new ApiRefusal(409, "the job is not done yet");
            }
            Path file = ExportAction.file(exports, job.id());
            if (!Files.isReadable(file)) {
                throw new ApiRefusal(404, "this hub has no file of that job");
            }
            ApiAnswers.answer(exchange, 200, "text/csv; charset=utf-8", file.toFile());
            exchange.getMessage().setHeader("Content-Disposition", "attachment; filename=\"devices.csv\"");
        });
    }

    private Job named(Exchange exchange) {
        return jobs.find(ApiQuery.text(exchange, "id")).orElseThrow(() -> new ApiRefusal(404, "there is no such job"));
    }

    private ObjectNode describe(Job kept) {
        Job job = running.told(kept);
        ObjectNode json = JSON.createObjectNode();
        json.put("id", job.id())
                .put("action", job.action())
                .put("filter", job.filter())
                .put("who", job.who());
        json.put("state", job.state().name().toLowerCase(Locale.ROOT));
        json.put("total", job.total()).put("done", job.done());
        json.put("changed", job.changed()).put("failed", job.failed());
        json.put("reason", job.reason()).put("started", job.started().toString());
        json.put("ended", job.ended() == null ? null : job.ended().toString());
        boolean hasResult = job.action().equals("export") && job.state() == DeviceJobs.State.DONE;
        json.put("result", hasResult ? "/api/v1/jobs/" + job.id() + "/result" : null);
        return json;
    }

    @Override
    public void close() {
        running.close();
    }
}
