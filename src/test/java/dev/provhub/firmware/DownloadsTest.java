package dev.provhub.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    @Test
    void begin_moreThanTheHubMay_isEmptyUntilOneEnds() {
        Downloads downloads = new Downloads(2, DownloadCaps.NONE);
        Downloads.Permit first = downloads.begin("any.bin").orElseThrow();
        downloads.begin("x.bin").orElseThrow();

        assertThat(downloads.begin("any.bin")).isEmpty();
        first.end();
        first.end();
        assertThat(downloads.underWay()).isEqualTo(1);
        assertThat(downloads.begin("any.bin")).isPresent();
        assertThat(downloads.begin("any.bin")).isEmpty();
    }

    @Test
    void begin_moreThanItsOwnerMay_isEmptyForThatAlone() {
        Downloads downloads = new Downloads(
                0, file -> file.equals("small.bin") ? Optional.of(new DownloadCaps.Cap("small", 1)) : Optional.empty());
        Downloads.Permit only = downloads.begin("small.bin").orElseThrow();

        assertThat(downloads.begin("small.bin")).isEmpty();
        assertThat(downloads.underWay()).isEqualTo(1);
        assertThat(downloads.begin("other.bin")).isPresent();
        assertThat(downloads.begin("any.bin")).isPresent();
        only.end();
        assertThat(downloads.underWay("small")).isZero();
        assertThat(downloads.begin("small.bin")).isPresent();
    }

    @Test
    void begin_moreThanOneAddressMay_isEmptyForThatAlone() {
        Downloads downloads = new Downloads(
                4,
                2,
                file -> file.equals("small.bin") ? Optional.of(new DownloadCaps.Cap("small", 1)) : Optional.empty());
        Downloads.Permit first = downloads.begin("any.bin", "192.0.2.1").orElseThrow();
        assertThat(downloads.begin("small.bin", "192.0.2.1")).isPresent();

        assertThat(downloads.begin("any.bin", "192.0.2.1")).isEmpty();
        assertThat(downloads.underWay()).isEqualTo(2);
        // What its file's own cap refuses leaves nothing behind
        assertThat(downloads.begin("small.bin", "192.0.2.2")).isEmpty();
        assertThat(downloads.underWay("address 192.0.2.2")).isZero();
        assertThat(downloads.begin("any.bin", "192.0.2.2")).isPresent();
        first.end();
        first.end();
        assertThat(downloads.underWay("address 192.0.2.1")).isEqualTo(1);
        assertThat(downloads.begin("any.bin", "192.0.2.1")).isPresent();
        assertThat(downloads.begin("any.bin", "")).isPresent();
    }

    @Test
    void begin_fromManyThreads_neverExceedsTheCap() throws Exception {
        Downloads downloads = new Downloads(50, file -> Optional.of(new DownloadCaps.Cap("r", 7)));
        AtomicInteger most = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(pool.submit(() -> {
                together.await();
                for (int turn = 0; turn < 5000; turn++) {
                    Optional<Downloads.Permit> permit = downloads.begin("r.bin");
                    most.accumulateAndGet(downloads.underWay("r"), Math::max);
                    permit.ifPresent(Downloads.Permit::end);
                }
                return null;
            }));
        }
        together.countDown();
        for (Future<?> one : all) {
            one.get();
        }
        pool.shutdown();
        assertThat(most.get()).isBetween(1, 7);
        assertThat(downloads.underWay()).isZero();
        assertThat(downloads.underWay("r")).isZero();
    }
}
