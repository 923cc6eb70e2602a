package dev.provhub.devicelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.CausesReader;
import dev.provhub.device.MacAddress;
import dev.provhub.devicelog.DeviceEvent.Asker;
import dev.provhub.devicelog.DeviceEvent.Evidence;
import dev.provhub.devicelog.DeviceEvent.Given;
import dev.provhub.devicelog.DeviceEvent.Kind;
import dev.provhub.devicelog.DeviceEvent.Shown;
import dev.provhub.devicelog.DeviceEvent.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shipped causes on timelines as phones make them. */
class DiagnosisTest {
    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final MacAddress MAC = new MacAddress("000e08aabbcc");
    private static final List<Cause> CAUSES = CausesReader.read(Path.of("config/causes.yaml"));

    private final List<DeviceLog.Numbered> oldestFirst = new ArrayList<>();

    @Test
    void corruptFile_afterASealedAnswer_isAKeyMismatch() {
        contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", "4.9f");
        said("SPA504G 000e08aabbcc -- Resync failed: corrupt file");
        assertThat(present()).containsExactly("key-mismatch");
    }

    @Test
    void corruptFile_afterAnAnswerInClear_isNoKeyMismatch() {
        contact(Evidence.HINT, "bootstrap answered", "default path", null, null, null);
        said("SPA504G 000e08aabbcc -- Resync failed: corrupt file");
        assertThat(present()).containsExactly("corrupt-file");
    }

    @Test
    void corruptFile_thenApplied_isOver() {
        contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", "4.9f");
        said("SPA504G 000e08aabbcc -- Resync failed: corrupt file");
        contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", "5.9f");
        assertThat(present()).isEmpty();
        assertThat(diagnosis().byEvent()).containsOnlyKeys(2L);
    }

    @Test
    void wrongOption66_isSaidFromTheName() {
        contact(
                Evidence.NONE,
                "nothing not found",
                "SCCP default file: option 66 is missing or wrong, or SPCP_Auto-detect is on",
                null,
                null,
                null);
        assertThat(present()).containsExactly("wrong-option-66");
    }

    @Test
    void manyNotFound_ofAStartingPhone_isNormal() {
        for (int tries = 0; tries < 8; tries++) {
            contact(Evidence.HINT, "nothing not found", "no request rule knows this name", null, null, null);
        }
        assertThat(present()).containsExactly("starting");
        assertThat(diagnosis().present().get(0).is()).isEqualTo(Cause.Weight.NORMAL);
    }

    @Test
    void bootstrapAgainAndAgain_neverOverHttps_isSaidFromTheThirdOn() {
        contact(Evidence.HINT, "bootstrap answered", "default path", null, null, null);
        contact(Evidence.HINT, "bootstrap answered", "default path", null, null, null);
        assertThat(present()).isEmpty();
        contact(Evidence.HINT, "bootstrap answered", "default path", null, null, null);
        assertThat(present()).containsExactly("never-over-https");
        contact(Evidence.PROOF, "key answered", "proven by certificate", null, null, null);
        assertThat(present()).isEmpty();
    }

    @Test
    void refusedServerCertificate_asAPhoneOf1970Does_isSaid() {
        contact(Evidence.HINT, "bootstrap answered", "default path", null, null, null);
        add(Kind.HANDSHAKE, Evidence.NONE, "TLS handshake", "failed", "Received fatal alert: certificate_expired");
        assertThat(present()).containsExactly("clock-or-trust");
    }

    @Test
    void profileFetchedAndNeverApplied_isSaidFromTheFourthOn() {
        for (int polls = 0; polls < 4; polls++) {
            contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", "4.9f");
        }
        assertThat(present()).containsExactly("not-applied");
    }

    @Test
    void healthyPoll_saysNothing() {
        contact(Evidence.PROOF, "key answered", "proven by certificate", null, null, null);
        contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", null);
        contact(Evidence.PROOF, "profile answered", "own directory", "opensslEnc", "5.9f", "5.9f");
        assertThat(diagnosis().byEvent()).isEmpty();
        assertThat(present()).isEmpty();
    }

    private void contact(
            Evidence evidence,
            String outcome,
            String reason,
            @Nullable String sealing,
            @Nullable String given,
            @Nullable String applied) {
        oldestFirst.add(new DeviceLog.Numbered(
                oldestFirst.size() + 1,
                new DeviceEvent(
                        TEN.plusSeconds(oldestFirst.size()),
                        Kind.CONTACT,
                        new Asker(MAC, null, evidence, "", "http", "192.0.2.7:1", null),
                        "/x",
                        new Verdict(outcome, "", reason),
                        new Given(10, sealing, given),
                        new Shown(applied, null))));
    }

    private void said(String line) {
        add(Kind.SYSLOG, Evidence.HINT, line, "noted", "");
    }

    private void add(Kind kind, Evidence evidence, String what, String outcome, String reason) {
        oldestFirst.add(new DeviceLog.Numbered(
                oldestFirst.size() + 1,
                new DeviceEvent(
                        TEN.plusSeconds(oldestFirst.size()),
                        kind,
                        new Asker(MAC, null, evidence, "", "syslog", "192.0.2.7:1", null),
                        what,
                        new Verdict(outcome, "", reason),
                        Given.NOTHING,
                        Shown.NOTHING)));
    }

    private Diagnosis diagnosis() {
        List<DeviceLog.Numbered> newestFirst = new ArrayList<>(oldestFirst);
        Collections.reverse(newestFirst);
        return Diagnosis.of(newestFirst, CAUSES);
    }

    private List<String> present() {
        return diagnosis().present().stream().map(Cause::id).toList();
    }
}
