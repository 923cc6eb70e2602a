package dev.provhub.store;

import dev.provhub.device.ParameterSets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sets of parameter names in the database, and those that were asked for in memory too. */
public final class JdbcParameterSets implements ParameterSets {
    private static final int MOST_IN_MEMORY = 1000;

    private final Jdbc jdbc;
    private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

    /** Of an open database, which outlives this. */
    public JdbcParameterSets(Database database) {
        this.jdbc = database.jdbc();
    }

    @Override
    public String nameOf(Set<String> parameters) {
        String text = String.join("\n", new TreeSet<>(parameters));
        String name = digest(text);
        // Also when it is in memory: what another transaction wrote may have been taken back since
        jdbc.run(() -> jdbc.update(
                "insert into parameter_set (id, names) values (?, ?) on conflict do nothing", Binder.of(name, text)));
        return name;
    }

    @Override
    public Set<String> named(@Nullable String name) {
        if (name == null) {
            return Set.of();
        }
        Set<String> inMemory = known.get(name);
        if (inMemory != null) {
            return inMemory;
        }
        List<String> found =
                jdbc.query("select names from parameter_set where id = ?", Binder.of(name), row -> row.getString(1));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no set of parameters " + name);
        }
        Set<String> names =
                found.get(0).isEmpty() ? Set.of() : Set.of(found.get(0).split("\n", -1));
        if (known.size() < MOST_IN_MEMORY) {
            known.put(name, names);
        }
        return names;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
