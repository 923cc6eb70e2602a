package dev.provhub.report;

import dev.provhub.report.DeviceReport.Entry;
import dev.provhub.report.DeviceReport.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports, status documents and dumps as leniently as can be done safely: whatever the root is called; an ampersand that
 * nobody has escaped is one; characters that XML has no form for are left out; what is not well-formed ends the reading and what
 * came before counts. Neither document types nor entities of their own are read.
 */
public final class ReportReader {
    private static final int MOST_ENTRIES = 20_000;
    private static final int DEEPEST = 16;
    private static final int LONGEST_TEXT = 16_384;
    /** A parameter that every full report has, whatever the model. */
    private static final String IN_EVERY_FULL_REPORT = "Profile_Rule";

    private static final Set<String> ROOTS = Set.of("flat-profile", "device", "status");
    private static final Pattern LONE_AMPERSAND =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#\\d{1,7}|#x[0-9a-fA-F]{1,6});)");
    private static final Pattern NO_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamReader reader;
    private final List<Entry> entries = new ArrayList<>();

    private ReportReader(XMLStreamReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a report.
     *
     * @param xml UTF-8, or ISO 8859-1 where it is not
     * @throws IllegalArgumentException when there is not one element with a value in it
     */
    public static DeviceReport read(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        String cut = null;
        List<Entry> entries = List.of();
        try {
            ReportReader report =
                    new ReportReader(factory.createXMLStreamReader(new java.io.StringReader(mended(xml))));
            entries = report.entries;
            cut = report.readAll();
        } catch (XMLStreamException e) {
            cut = "is not XML";
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no parameter could be read in it" + (cut == null ? "" : ": " + cut));
        }
        return new DeviceReport(kindOf(entries), entries, cut);
    }

    private static String mended(byte[] xml) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(xml))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(xml, StandardCharsets.ISO_8859_1);
        }
        String withoutDeclaration = text.strip().replaceFirst("^\\uFEFF?<\\?xml[^>]*\\?>", "");
        return LONE_AMPERSAND
                .matcher(NO_XML.matcher(withoutDeclaration).replaceAll(""))
                .replaceAll("&amp;");
    }

    /** Null when all of it was read. */
    private @Nullable String readAll() {
        Deque<Element> open = new ArrayDeque<>();
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (open.size() >= DEEPEST) {
                        return "is nested deeper than " + DEEPEST;
                    }
                    open.push(new Element(nameIn(open.peek()), reader.getAttributeValue(null, "group")));
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    end(open.pop(), open.peek());
                    if (entries.size() >= MOST_ENTRIES) {
                        return "has more than " + MOST_ENTRIES + " parameters";
                    }
                } else if ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
                        && open.peek() != null) {
                    open.peek().text.append(reader.getText());
                }
            }
            return null;
        } catch (XMLStreamException e) {
            return "is not well-formed from line " + e.getLocation().getLineNumber() + " on";
        }
    }

    private String nameIn(@Nullable Element parent) {
        String own = reader.getLocalName();
        return parent == null || parent.name.isEmpty()
                ? (ROOTS.contains(own) || parent == null ? "" : own)
                : parent.name + "/" + own;
    }

    private void end(Element element, @Nullable Element parent) {
        if (parent != null) {
            parent.hasElements = true;
        }
        if (!element.name.isEmpty() && !element.hasElements) {
            String text = element.text.toString().strip();
            entries.add(new Entry(
                    element.name,
                    element.group == null ? "" : element.group,
                    text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text));
        }
    }

    private static Kind kindOf(List<Entry> entries) {
        Set<String> names = entries.stream()
                .filter(entry -> !entry.group().startsWith("Info"))
                .map(Entry::name)
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            return Kind.STATUS;
        }
        return names.contains(IN_EVERY_FULL_REPORT) ? Kind.FULL : Kind.DELTA;
    }

    private static final class Element {
        private final String name;
        private final @Nullable String group;
        private final StringBuilder text = new StringBuilder();
        private boolean hasElements;

        Element(String name, @Nullable String group) {
            this.name = name;
            this.group = group;
        }
    }
}
