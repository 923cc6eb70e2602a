package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneListener;
import dev.provhub.emulator.VirtualPhone;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A virtual phone of a hub under test; made by {@link VirtualPhones}. */
final class PhoneUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final VirtualPhone phone;
    private final Events events;

    PhoneUnderTest(VirtualPhone phone, Events events) {
        this.phone = phone;
        this.events = events;
    }

    /** What a phone has told so far. */
    static final class Events implements PhoneListener {
        private final List<PhoneEvent> told = new CopyOnWriteArrayList<>();

        @Override
        public void heard(VirtualPhone phone, PhoneEvent event) {
            told.add(event);
        }
    }

    void switchOn() {
        phone.start();
    }

    String parameter(String name) {
        return phone.parameter(name);
    }

    String softwareVersion() {
        return phone.softwareVersion();
    }

    boolean isSecured() {
        return phone.isSecured();
    }

    /** As somebody would at the phone itself. */
    void set(String name, String value) {
        assertThat(phone.set(name, value)).as(phone + " knows " + name).isTrue();
    }

    void resync() {
        phone.resync();
    }

    void forgetEverything() {
        phone.factoryReset();
    }

    <E extends PhoneEvent> List<E> told(Class<E> kind) {
        return events.told.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How often it has said this so far, to be waited for the next one. */
    <E extends PhoneEvent> int count(Class<E> kind) {
        return told(kind).size();
    }

    boolean awaitUntil(Predicate<VirtualPhone> condition) throws InterruptedException {
        return phone.awaitUntil(condition, PATIENCE);
    }

    /** Waits until it says something of a kind for the n-th time. */
    <E extends PhoneEvent> void awaitTold(Class<E> kind, int times) throws InterruptedException {
        await(kind.getSimpleName() + " " + times + " times", which -> count(kind) >= times);
    }

    void awaitSecured() throws InterruptedException {
        await("secured", VirtualPhone::isSecured);
    }

    void awaitRunning(String version) throws InterruptedException {
        await("running " + version, which -> which.softwareVersion().equals(version));
    }

    void awaitParameter(String name, String value) throws InterruptedException {
        await(name, which -> which.parameter(name).equals(value));
    }

    private void await(String what, Predicate<VirtualPhone> condition) throws InterruptedException {
        assertThat(awaitUntil(condition))
                .as("%s: %s; it told %s", phone, what, last())
                .isTrue();
    }

    private List<PhoneEvent> last() {
        List<PhoneEvent> all = List.copyOf(events.told);
        return all.subList(Math.max(0, all.size() - 12), all.size());
    }

    @Override
    public void close() {
        phone.close();
    }

    @Override
    public String toString() {
        return phone.toString();
    }
}
