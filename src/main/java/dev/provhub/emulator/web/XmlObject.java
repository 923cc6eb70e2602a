package dev.provhub.emulator.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <CiscoIPPhoneExecute><ExecuteItem URL="Resync:rule"/></CiscoIPPhoneExecute>}: what a phone makes of it. */
public final class XmlObject {
    private static final Pattern ITEM = Pattern.compile(
            "<ExecuteItem\\b[^>]*\\bURL\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s/>]+[^\\s>]*?))\\s*/?>");
    private static final String RESYNC = "Resync:";

    private XmlObject() {}

    /** The rule of the resync that it asks for; empty when it asks for anything else. */
    public static Optional<String> resyncRule(String body) {
        Matcher item = ITEM.matcher(body);
        if (!body.contains("CiscoIPPhoneExecute") || !item.find()) {
            return Optional.empty();
        }
        String url = item.group(1) != null ? item.group(1) : item.group(2) != null ? item.group(2) : item.group(3);
        return url.startsWith(RESYNC)
                ? Optional.of(url.substring(RESYNC.length())
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"))
                : Optional.empty();
    }
}
