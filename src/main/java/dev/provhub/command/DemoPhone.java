package dev.provhub.command;

import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.transport.Scheme;
import dev.provhub.emulator.transport.TlsGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one phone of the demo went through, gathered from its events. Thread-safe. */
final class DemoPhone {
    private final DemoFleet.Member member;
    private final TlsGeneration tls;
    private final long startedNanos = System.nanoTime();
    private final List<String> upgrades = new ArrayList<>();

    private @Nullable String bootstrap;
    private @Nullable String key;
    private @Nullable String sealed;
    private @Nullable String trouble;
    private String firmware;
    private @Nullable Duration arrived;

    /** @param tls what it speaks, and nothing else */
    DemoPhone(DemoFleet.Member member, TlsGeneration tls) {
        this.member = member;
        this.tls = tls;
        this.firmware = member.before();
    }

    DemoFleet.Member member() {
        return member;
    }

    /** Takes an event, and tells it as a line for people; empty when there is nothing new in it. */
    synchronized String hear(PhoneEvent event) {
        String news = take(event);
        return news.isEmpty() ? "" : "  " + member.model() + " " + member.mac() + ": " + news;
    }

    private String take(PhoneEvent event) {
        if (event instanceof PhoneEvent.Resynced resync) {
            return resynced(resync);
        } else if (event instanceof PhoneEvent.Upgraded upgrade) {
            upgrades.add(upgrade.transport().text());
            firmware = upgrade.to();
            return "firmware " + upgrade.from() + " -> " + upgrade.to() + " over "
                    + upgrade.transport().text();
        } else if (event instanceof PhoneEvent.ResyncFailed failure) {
            trouble = failure.error();
            return "resync failed: " + trouble;
        } else if (event instanceof PhoneEvent.UpgradeFailed failure) {
            trouble = "upgrade: " + failure.error();
            return trouble;
        }
        return "";
    }

    private String resynced(PhoneEvent.Resynced resync) {
        trouble = null;
        if (resync.sealed()) {
            boolean first = sealed == null;
            sealed = resync.transport().text() + (resync.gzip() ? ", gzip" : "");
            return first ? "own profile, sealed, over " + sealed + ", " + resync.bytes() + " bytes" : "";
        } else if (resync.transport() == Scheme.HTTPS) {
            key = "https, " + (tls == TlsGeneration.LEGACY ? "TLS 1.0" : "TLS 1.2 or 1.3");
            return "key and directory over " + key;
        }
        boolean first = bootstrap == null;
        bootstrap = resync.transport().text();
        return first ? "bootstrap over " + bootstrap : "";
    }

    /** The hub has seen that the phone applied its profile and runs the wanted firmware. */
    synchronized void arrive() {
        if (arrived == null && isThrough()) {
            arrived = Duration.ofNanos(System.nanoTime() - startedNanos);
        }
    }

    /** Every station passed, with both steps of the upgrade. */
    synchronized boolean isThrough() {
        return bootstrap != null
                && key != null
                && sealed != null
                && upgrades.size() == 2
                && firmware.endsWith(member.after());
    }

    synchronized boolean hasArrived() {
        return arrived != null;
    }

    synchronized Row row() {
        return new Row(
                member.model() + " " + member.mac(),
                orDash(bootstrap),
                orDash(key),
                orDash(sealed),
                member.before() + " -> " + firmware
                        + (upgrades.isEmpty() ? "" : " (" + String.join(", ", upgrades) + ")"),
                arrived != null ? "arrived" : trouble != null ? "failed: " + trouble : "not arrived",
                arrived == null ? "-" : "%.1f".formatted(arrived.toMillis() / 1000.0));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    /** One line of the table. */
    record Row(
            String phone, String bootstrap, String key, String sealed, String firmware, String result, String seconds) {
        List<String> cells() {
            return List.of(phone, bootstrap, key, sealed, firmware, result, seconds);
        }
    }
}
