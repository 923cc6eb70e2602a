package dev.provhub;

import dev.provhub.emulator.PhoneClock;
import dev.provhub.emulator.transport.PhoneNetwork;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit 5: virtual phones for a test, switched off after it. Of an instance they live as long as one test, of a class as long as
 * all its tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * final VirtualPhones phones = new VirtualPhones(60);
 *
 * PhoneUnderTest phone = phones.aPhoneOf(hub).thatIs("SPA504G").running("7.4.8a").switchedOn();
 * phone.awaitSecured();
 * }</pre>
 */
final class VirtualPhones implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final int speed;
    private final List<PhoneUnderTest> phones = new ArrayList<>();
    private boolean ofClass;
    private @Nullable Power power;

    private record Power(ScheduledExecutorService timers, PhoneNetwork network, PhoneClock clock) {
        static Power on(int speed) {
            ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
            return new Power(timers, PhoneNetwork.open(1), PhoneClock.scaled(timers, Clock.systemUTC(), speed));
        }
    }

    /** @param speed phone seconds in a second of ours */
    VirtualPhones(int speed) {
        this.speed = speed;
    }

    /** Begins a phone that is to be a hub's. */
    GivenPhone aPhoneOf(HubUnderTest hub) {
        return new GivenPhone(this, hub);
    }

    PhoneClock clock() {
        return power().clock();
    }

    PhoneNetwork network() {
        return power().network();
    }

    PhoneUnderTest add(PhoneUnderTest phone) {
        phones.add(phone);
        return phone;
    }

    private Power power() {
        if (power == null) {
            throw new IllegalStateException("phones are there only while a test runs: is @RegisterExtension missing?");
        }
        return power;
    }

    private void begin() {
        if (power == null) {
            power = Power.on(speed);
        }
    }

    private void end() {
        phones.forEach(PhoneUnderTest::close);
        phones.clear();
        Power used = power();
        used.timers().shutdownNow();
        used.network().close();
        power = null;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
        begin();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }
}
