package dev.provhub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.emulator.PhoneEvent;
import dev.provhub.emulator.PhoneListener;
import dev.provhub.emulator.VirtualPhone;
import dev.provhub.emulator.transport.Scheme;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        private volatile Consumer<VirtualPhone> afterResync = phone -> {};

        @Override
        public void heard(VirtualPhone phone, PhoneEvent event) {
            told.add(event);
            if (event instanceof PhoneEvent.Resynced) {
                afterResync.accept(phone);
            }
        }
    }

    void switchOn() {
        phone.start();
    }

    /** Has it hear NOTIFY on the loopback address. */
    void openEar(int port) throws java.io.IOException {
        phone.openEar(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port));
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

    String mac() {
        return phone.identity().mac();
    }

    /** How many profiles it took in clear over HTTPS: those that hand over a key. */
    int keyProfiles() {
        return (int) told(PhoneEvent.Resynced.class).stream()
                .filter(resync -> resync.transport() == Scheme.HTTPS)
                .count();
    }

    /** Where it asks for its own profile by the rule that it holds now. */
    String ownPlace() {
        String rule = parameter("Profile_Rule");
        Matcher place = Pattern.compile("https?://[^/]+/p/[a-z2-7]+/").matcher(rule);
        assertThat(place.find()).as("a directory in the rule").isTrue();
        return place.group() + "0/7.4.8a/profile.cfg";
    }

    /** What its n-th wait after a failed resync was. */
    Duration retryDelay(int number) {
        return told(PhoneEvent.Waiting.class).stream()
                .filter(waiting -> waiting.why().equals(PhoneEvent.RETRY))
                .map(PhoneEvent.Waiting::duration)
                .toList()
                .get(number);
    }

    /** As somebody would at the phone itself. */
    void set(String name, String value) {
        assertThat(phone.set(name, value)).as(phone + " knows " + name).isTrue();
    }

    void resync() {
        phone.resync();
    }

    /** Reports, as a NOTIFY makes it. */
    void report() {
        phone.report();
    }

    /** Follows a rule that is not stored. */
    void resyncTo(String rule) {
        phone.resync(rule);
    }

    /** Its first line is registered only with profiles that are right: looked at after each that it takes. */
    void registersOnlyWhen(Predicate<VirtualPhone> isRight) {
        events.afterResync = one -> one.registered(1, isRight.test(one));
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

    void awaitUntil(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, which -> condition.getAsBoolean());
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
