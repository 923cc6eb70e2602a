package dev.provhub.store;

import dev.provhub.order.event.EventDelivery;
import dev.provhub.order.event.EventOutbox;
import dev.provhub.order.event.EventSubscription;
import dev.provhub.order.event.OrderEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The outbox of events in the database. */
public final class JdbcEventOutbox implements EventOutbox {
    private static final int LONGEST_REASON = 1000;
    private static final int GIVEN_UP_AT_ONCE = 200;
    private static final String DELIVERY = """
            select d.id, d.attempts, d.queued, d.reason, d.subscription_id, s.callback_sealed, s.query, s.secret_sealed, s.created,
                   s.failures, e.event_id, e.subject, e.type, e.time, e.content_sealed
            from event_delivery d join event_subscription s on s.id = d.subscription_id join order_event e on e.id = d.event_id
            """;
    /** Of each order the oldest that waits: what is on its way keeps the ones behind it back. */
    private static final String HEADS = """
            from event_delivery d where d.subscription_id = ? and d.state = 'waiting' and d.not_before <= ?
              and (d.leased is null or d.leased <= ?)
              and not exists (select 1 from event_delivery b
                where b.subscription_id = d.subscription_id and b.subject = d.subject and b.state = 'waiting' and b.id < d.id)
            """;

    /** By all columns of the index, or else the embedded database reads and sorts everything that waits. */
    private static final String OLDEST_FIRST = " order by d.subscription_id, d.state, d.id limit ?";

    private final Jdbc jdbc;
    private final boolean isAlone;
    private final SecretColumn secrets;
    private final Consumer<EventDelivery> givenUp;

    /**
     * Of an open database, which outlives this.
     *
     * @param givenUp is told what is given up, with the reason, in the transaction in which it is forgotten here
     */
    public JdbcEventOutbox(Database database, SecretColumn secrets, Consumer<EventDelivery> givenUp) {
        this.jdbc = database.jdbc();
        this.isAlone = database.isEmbedded();
        this.secrets = secrets;
        this.givenUp = givenUp;
    }

    @Override
    public List<EventSubscription> subscriptions() {
        return jdbc.query("""
                select id as subscription_id, callback_sealed, query, secret_sealed, created, failures from event_subscription
                order by seq
                """, Binder.NONE, this::subscription);
    }

    @Override
    public void subscribe(EventSubscription subscription) {
        String secret = subscription.secret();
        jdbc.run(() -> jdbc.update(
                """
                insert into event_subscription (id, callback_sealed, query, secret_sealed, created, failures)
                values (?, ?, ?, ?, ?, 0)
                """,
                Binder.of(
                        subscription.id(),
                        secrets.seal(subscription.callback(), identity(subscription.id(), "callback")),
                        subscription.query(),
                        secret == null ? null : secrets.seal(secret, identity(subscription.id(), "secret")),
                        subscription.created())));
    }

    @Override
    public boolean unsubscribe(String id) {
        return jdbc.run(() -> jdbc.update("delete from event_subscription where id = ?", Binder.of(id)) == 1);
    }

    @Override
    public void add(List<Addressed> events) {
        jdbc.run(() -> {
            jdbc.batch(
                    "insert into order_event (event_id, subject, type, time, content_sealed) values (?, ?, ?, ?, ?)",
                    events.stream().map(one -> row(one.event())).toList());
            jdbc.batch(
                    """
                    insert into event_delivery (event_id, subscription_id, subject, state, attempts, queued, not_before)
                    select e.id, s.id, e.subject, 'waiting', 0, e.time, e.time from order_event e, event_subscription s
                    where e.event_id = ? and s.id = ?
                    """,
                    events.stream()
                            .flatMap(one -> one.subscriptionIds().stream()
                                    .map(id -> Binder.of(one.event().eventId(), id)))
                            .toList());
            return events;
        });
    }

    private Binder row(OrderEvent event) {
        return Binder.of(
                event.eventId(),
                event.subject(),
                event.type(),
                event.time(),
                secrets.seal(event.content(), contentIdentity(event.eventId())));
    }

    @Override
    public void recover() {
        if (isAlone) {
            jdbc.run(
                    () -> jdbc.update("update event_delivery set leased = null where leased is not null", Binder.NONE));
        }
    }

    @Override
    public List<String> due(Instant now) {
        return jdbc.query("""
                select s.id from event_subscription s where (s.not_before is null or s.not_before <= ?)
                  and exists (select 1 from event_delivery d where d.subscription_id = s.id and d.state = 'waiting'
                    and d.not_before <= ? and (d.leased is null or d.leased <= ?))
                """, Binder.of(now, now, now), row -> row.getString(1));
    }

    @Override
    public List<EventDelivery> claim(String subscriptionId, Instant now, Instant leaseEnd, int limit) {
        return jdbc.runLosable(() -> {
            List<Long> ids = jdbc.query(selectDue(), Binder.of(subscriptionId, now, now, limit), row -> row.getLong(1));
            jdbc.batch(
                    "update event_delivery set leased = ? where id = ?",
                    ids.stream().map(id -> Binder.of(leaseEnd, id)).toList());
            return ids.isEmpty()
                    ? List.of()
                    : jdbc.query(
                            DELIVERY
                                    + "join unnest(cast(? as varchar array)) as wanted(id)"
                                    + " on d.id = cast(wanted.id as bigint) order by d.id",
                            Binder.of(ids.stream().map(String::valueOf).toList()),
                            this::delivery);
        });
    }

    /** Locking reads of the embedded database do not go by an index; there, no other hub takes anything. */
    String selectDue() {
        return "select d.id " + HEADS + OLDEST_FIRST + (isAlone ? "" : " for update skip locked");
    }

    @Override
    public void delivered(List<EventDelivery> taken) {
        if (taken.isEmpty()) {
            return;
        }
        jdbc.runLosable(() -> {
            forget(taken);
            if (taken.get(0).to().failures() > 0) {
                jdbc.update(
                        "update event_subscription set failures = 0, not_before = null where id = ?",
                        Binder.of(taken.get(0).to().id()));
            }
            return taken;
        });
    }

    @Override
    public void failed(EventDelivery delivery, String reason, Instant nextTry, Instant giveUpBefore) {
        jdbc.run(() -> {
            int counted = jdbc.update(
                    "update event_delivery set attempts = attempts + 1, leased = null, not_before = ?, reason = ? where id = ?",
                    Binder.of(nextTry, shortened(reason), delivery.id()));
            if (!delivery.queued().isAfter(giveUpBefore)) {
                giveUp(jdbc.query(DELIVERY + "where d.id = ?", Binder.of(delivery.id()), this::delivery));
            }
            return counted;
        });
    }

    private void giveUp(List<EventDelivery> some) {
        some.forEach(givenUp);
        forget(some);
    }

    /** Of those that are there no more, the event goes too when it waits for nobody else. */
    private void forget(List<EventDelivery> some) {
        jdbc.batch(
                "delete from event_delivery where id = ?",
                some.stream().map(one -> Binder.of(one.id())).toList());
        jdbc.batch(
                """
                delete from order_event where event_id = ?
                  and not exists (select 1 from event_delivery d where d.event_id = order_event.id)
                """, some.stream().map(one -> Binder.of(one.event().eventId())).toList());
    }

    @Override
    public void release(List<EventDelivery> untried) {
        if (!untried.isEmpty()) {
            jdbc.run(() -> {
                jdbc.batch(
                        "update event_delivery set leased = null where id = ?",
                        untried.stream().map(one -> Binder.of(one.id())).toList());
                return untried;
            });
        }
    }

    @Override
    public void pause(String subscriptionId, Instant until, Instant giveUpBefore, String reason) {
        jdbc.run(() -> {
            jdbc.update(
                    "update event_delivery set reason = ? where subscription_id = ? and queued <= ?",
                    Binder.of(shortened(reason), subscriptionId, giveUpBefore));
            return jdbc.update(
                    "update event_subscription set failures = failures + 1, not_before = ? where id = ?",
                    Binder.of(until, subscriptionId));
        });
        int gone = GIVEN_UP_AT_ONCE;
        while (gone == GIVEN_UP_AT_ONCE) {
            gone = jdbc.run(() -> {
                List<EventDelivery> old = jdbc.query(
                        DELIVERY + "where d.subscription_id = ? and d.queued <= ? order by d.id limit ?",
                        Binder.of(subscriptionId, giveUpBefore, GIVEN_UP_AT_ONCE),
                        this::delivery);
                giveUp(old);
                return old.size();
            });
        }
    }

    @Override
    public boolean again(OrderEvent event, String subscriptionId, Instant now) {
        return jdbc.run(() -> {
                    jdbc.update(
                            "insert into order_event (event_id, subject, type, time, content_sealed) values (?, ?, ?, ?, ?)"
                                    + " on conflict do nothing",
                            row(event));
                    jdbc.update(
                            "update event_subscription set not_before = null where id = ?", Binder.of(subscriptionId));
                    return jdbc.update("""
                    insert into event_delivery (event_id, subscription_id, subject, state, attempts, queued, not_before)
                    select e.id, s.id, e.subject, 'waiting', 0, cast(? as timestamp with time zone),
                      cast(? as timestamp with time zone)
                    from order_event e, event_subscription s where e.event_id = ? and s.id = ?
                    """, Binder.of(now, now, event.eventId(), subscriptionId));
                })
                == 1;
    }

    @Override
    public int sweep(Instant before) {
        return jdbc.run(() -> jdbc.update("""
                delete from order_event where time < ?
                  and not exists (select 1 from event_delivery d where d.event_id = order_event.id)
                """, Binder.of(before)));
    }

    @Override
    public List<Backlog> backlog() {
        return jdbc.query(
                """
                select s.id, count(d.id) as waiting, min(d.queued) as oldest
                from event_subscription s left join event_delivery d on d.subscription_id = s.id group by s.id, s.seq order by s.seq
                """,
                Binder.NONE,
                row -> new Backlog(row.getString("id"), row.getLong("waiting"), RowReader.instant(row, "oldest")));
    }

    private EventSubscription subscription(ResultSet row) throws SQLException {
        String id = row.getString("subscription_id");
        String secret = row.getString("secret_sealed");
        return new EventSubscription(
                id,
                secrets.open(row.getString("callback_sealed"), identity(id, "callback")),
                row.getString("query"),
                secret == null ? null : secrets.open(secret, identity(id, "secret")),
                time(row, "created"),
                row.getInt("failures"));
    }

    private EventDelivery delivery(ResultSet row) throws SQLException {
        String eventId = row.getString("event_id");
        return new EventDelivery(
                row.getLong("id"),
                subscription(row),
                new OrderEvent(
                        eventId,
                        row.getString("subject"),
                        row.getString("type"),
                        time(row, "time"),
                        secrets.open(row.getString("content_sealed"), contentIdentity(eventId))),
                row.getInt("attempts"),
                time(row, "queued"),
                row.getString("reason"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(RowReader.instant(row, column), column);
    }

    private static String shortened(String reason) {
        String clean = reason.replace('\0', '\uFFFD');
        return clean.length() <= LONGEST_REASON ? clean : clean.substring(0, LONGEST_REASON);
    }

    static String identity(String id, String what) {
        return "event_subscription/" + id + "/" + what;
    }

    static String contentIdentity(String eventId) {
        return "order_event/" + eventId + "/content";
    }
}
