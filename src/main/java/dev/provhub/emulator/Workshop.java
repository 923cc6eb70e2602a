package dev.provhub.emulator;

import dev.provhub.emulator.profile.ProfileOpener;
import dev.provhub.emulator.transport.PhoneTls;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What a phone's jobs work with. */
record Workshop(
        PhoneIdentity identity,
        PhoneMemory memory,
        PhoneFacts facts,
        Downloads downloads,
        PhoneTls tls,
        ProfileOpener opener,
        SyslogSender syslog,
        PhoneClock clock,
        PhoneDate date,
        RandomGenerator random,
        Consumer<PhoneEvent> events) {
    PhoneModel model() {
        return identity.model();
    }

    Parameters parameters() {
        return memory.parameters();
    }

    void tell(PhoneEvent event) {
        events.accept(event);
    }
}
