package dev.provhub.emulator.profile;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the open (XML) format of section 1.1. Parameters are the leaves below {@code flat-profile}, which may itself lie
 * in other elements; what is nested deeper is unknown to a phone, except below {@code router-configuration}.
 */
final class FlatProfileParser {
    private static final String ROOT = "flat-profile";
    private static final String ROUTER = "router-configuration";
    private static final int DEEPEST = 64;

    private final XMLStreamReader xml;
    private final AliasMap aliases;
    private final List<Setting> settings = new ArrayList<>();
    private boolean rootSeen;

    private FlatProfileParser(XMLStreamReader xml, AliasMap aliases) {
        this.xml = xml;
        this.aliases = aliases;
    }

    /**
     * Reads a whole document; nothing of it counts unless all of it is well-formed.
     *
     * @param aliases of which a document without {@code flat-profile} must have at least one
     * @throws CorruptFileException when it is not, or says nothing to a phone
     */
    static List<Setting> parse(byte[] document, AliasMap aliases) throws CorruptFileException {
        try {
            FlatProfileParser parser = new FlatProfileParser(
                    factory().createXMLStreamReader(new StringReader(DocumentText.of(document))), aliases);
            parser.findRoots();
            if (!parser.rootSeen && parser.settings.isEmpty()) {
                throw new CorruptFileException("no element " + ROOT);
            }
            return parser.settings;
        } catch (XMLStreamException e) {
            throw new CorruptFileException("not well-formed XML at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNumber()));
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Undeclared prefixes are no error to a phone
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private void findRoots() throws XMLStreamException, CorruptFileException {
        Deque<String> path = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                text.setLength(0);
                if (xml.getLocalName().equals(ROOT)) {
                    rootSeen = true;
                    children("", 1);
                } else if (path.size() == DEEPEST) {
                    throw new CorruptFileException("nested deeper than " + DEEPEST);
                } else {
                    path.addLast(xml.getLocalName());
                }
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                mapped("/" + String.join("/", path), text.toString());
                text.setLength(0);
                path.removeLast();
            }
        }
    }

    private void mapped(String path, String text) {
        for (String target : aliases.targets().getOrDefault(path, List.of())) {
            settings.add(new Setting(target, value(text, false), ""));
        }
    }

    /** Reads the children of the element whose start was just read, and its end. */
    private void children(String path, int depth) throws XMLStreamException, CorruptFileException {
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                element(path, depth);
            }
        }
    }

    private void element(String path, int depth) throws XMLStreamException, CorruptFileException {
        if (depth > DEEPEST) {
            throw new CorruptFileException("nested deeper than " + DEEPEST);
        }
        String name = path + xml.getLocalName();
        boolean router = name.equals(ROUTER) || path.startsWith(ROUTER + "/");
        String ua = xml.getAttributeValue(null, "ua");
        int endOfStartTag = xml.getLocation().getCharacterOffset();
        StringBuilder text = new StringBuilder();
        boolean nested = false;
        int event = xml.next();
        for (; event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                nested = true;
                inner(router, name, depth);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.getText());
            }
        }
        if (!nested) {
            boolean selfClosing = xml.getLocation().getCharacterOffset() == endOfStartTag;
            settings.add(new Setting(name, value(text.toString(), ua != null && selfClosing), ua == null ? "" : ua));
            mapped("/" + ROOT + "/" + name, text.toString());
        }
    }

    private void inner(boolean router, String name, int depth) throws XMLStreamException, CorruptFileException {
        if (router) {
            element(name + "/", depth + 1);
        } else {
            skip();
        }
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private static @Nullable String value(String text, boolean keep) {
        if (keep) {
            return null;
        }
        String value =
                text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ').strip();
        return value.equals("\"\"") ? "" : value;
    }
}
