package dev.provhub.store;

import dev.provhub.order.FeedMarks;
import java.util.Optional;

/** How far feeds have come, in the database. */
public final class JdbcFeedMarks implements FeedMarks {
    private final Jdbc jdbc;

    /** Of an open database, which outlives this. */
    public JdbcFeedMarks(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public Optional<String> find(String feed) {
        return jdbc
                .query("select mark from feed_mark where feed = ?", Binder.of(feed), row -> row.getString("mark"))
                .stream()
                .findFirst();
    }

    @Override
    public void set(String feed, String mark) {
        if (find(feed).filter(mark::equals).isPresent()) {
            return;
        }
        jdbc.run(() -> {
            int changed = jdbc.update("update feed_mark set mark = ? where feed = ?", Binder.of(mark, feed));
            return changed == 1
                    ? changed
                    : jdbc.update(
                            "insert into feed_mark (feed, mark) values (?, ?) on conflict do nothing",
                            Binder.of(feed, mark));
        });
    }
}
