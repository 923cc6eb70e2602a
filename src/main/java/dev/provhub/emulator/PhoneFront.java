package dev.provhub.emulator;

import dev.provhub.emulator.profile.DumpWriter;
import dev.provhub.emulator.sip.NotifyOwner;
import dev.provhub.emulator.transport.PhoneUrl;
import dev.provhub.emulator.web.PageOwner;
import dev.provhub.emulator.web.XmlObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a phone does for those who come to it: its web pages and NOTIFY (sections 3.5 and 3.6). */
final class PhoneFront implements PageOwner, NotifyOwner {
    private static final int MOST_LINES = 16;
    private static final Set<String> RESYNCS = Set.of("resync", "check-sync", "xml-service");

    private final VirtualPhone phone;

    PhoneFront(VirtualPhone phone) {
        this.phone = phone;
    }

    private PhoneFamily family() {
        return phone.identity().model().family();
    }

    private boolean isYes(String parameter) {
        return phone.parameters().isYes(parameter);
    }

    @Override
    public boolean isServing() {
        return isYes("Enable_Web_Server") && isYes("Enable_Web_Admin_Access");
    }

    @Override
    public boolean takesActions() {
        return !family().has(PhoneTrait.MULTIPLATFORM) || isYes("Enable_Direct_Action_Url");
    }

    @Override
    public boolean takesXmlObjects() {
        return isYes("CISCO_XML_EXE_Enable");
    }

    @Override
    public boolean trustsXmlObjects() {
        return phone.parameter("CISCO_XML_EXE_Auth_Mode").equalsIgnoreCase("Trusted");
    }

    @Override
    public String administratorPassword() {
        return phone.parameter(family().pages().password());
    }

    @Override
    public String dumpPath() {
        return family().pages().dump();
    }

    @Override
    public String statusPath() {
        return family().pages().status();
    }

    @Override
    public String dump() {
        return DumpWriter.write(
                "flat-profile", phone.portrait().info(), phone.portrait().parameters(), phone.marks());
    }

    @Override
    public String status() {
        return DumpWriter.write("status", phone.portrait().info(), Map.of(), Map.of());
    }

    @Override
    public void resync(String rule) {
        if (rule.isBlank()) {
            phone.resync();
        } else {
            phone.resync(rule);
        }
    }

    @Override
    public void upgrade(String url) {
        phone.upgrade(url);
    }

    @Override
    public void reboot() {
        phone.reboot();
    }

    @Override
    public void updateCa(String url) {
        phone.updateCa(url);
    }

    @Override
    public boolean apply(byte[] profile) {
        return phone.apply(profile);
    }

    @Override
    public void visited(String page, String result) {
        phone.later(() -> phone.tell(new PhoneEvent.Asked(page, result)));
    }

    // NOTIFY

    @Override
    public boolean hears(String event) {
        return isYes("Resync_From_SIP") || !RESYNCS.contains(event);
    }

    @Override
    public Optional<Login> loginFor(String user) {
        int line = line(user);
        String wanted = phone.parameter("Auth_Resync-Reboot_" + line + "_");
        if (wanted.equalsIgnoreCase("no")) {
            return Optional.empty();
        }
        boolean ownName = isYes("Use_Auth_ID_" + line + "_");
        String name = phone.parameter((ownName ? "Auth_ID_" : "User_ID_") + line + "_");
        return Optional.of(new Login(name, phone.parameter("Password_" + line + "_")));
    }

    /** The line of a user; the first when nobody is called so. */
    private int line(String user) {
        for (int line = 1; line <= MOST_LINES; line++) {
            if (!user.isEmpty() && phone.parameter("User_ID_" + line + "_").equals(user)) {
                return line;
            }
        }
        return 1;
    }

    @Override
    public boolean notified(String event, String body) {
        switch (event) {
            case "resync", "check-sync" -> phone.resync();
            case "reboot", "reboot_now", "restart", "restart_now" -> phone.reboot();
            case "report" -> phone.report();
            case "xml-service" -> {
                return takesXmlObjects() && xmlService(body.strip());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** An object, or the URL of one. */
    private boolean xmlService(String body) {
        Optional<String> rule = XmlObject.resyncRule(body);
        Optional<PhoneUrl> url = PhoneUrl.parse(body);
        rule.ifPresent(phone::resync);
        url.ifPresent(phone::fetchXmlObject);
        return rule.isPresent() || url.isPresent();
    }

    @Override
    public void answered(String what, String result) {
        phone.later(() -> phone.tell(new PhoneEvent.Asked(what, result)));
    }
}
