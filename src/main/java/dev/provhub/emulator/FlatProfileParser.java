package dev.provhub.emulator;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads an open profile (protocol section 1.1). Thread-safe. */
final class FlatProfileParser {

    private FlatProfileParser() {}

    /**
     * The values that the profile sets, in document order, the last one of a name. Parameters of the router have the path
     * as their name: {@code router-configuration/WAN_Interface/Connection_Type}.
     *
     * @throws FetchException if it is no well-formed XML or has no {@code flat-profile}
     */
    static Map<String, String> parse(byte[] body) throws FetchException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(body));
            Map<String, String> values = new LinkedHashMap<>();
            boolean found = false;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("flat-profile")) {
                    found = true;
                    readChildren(reader, "", values);
                }
            }
            if (!found) {
                throw FetchException.corruptFile();
            }
            return values;
        } catch (XMLStreamException e) {
            throw FetchException.corruptFile();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Templates in the field use xsi: without declaring it
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    private static void readChildren(XMLStreamReader reader, String path, Map<String, String> values)
            throws XMLStreamException {
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                readElement(reader, path, values);
            }
        }
    }

    private static void readElement(XMLStreamReader reader, String parent, Map<String, String> values)
            throws XMLStreamException {
        String path = parent + reader.getLocalName();
        boolean accessOnly = reader.getAttributeValue(null, "ua") != null;
        int start = reader.getLocation().getCharacterOffset();
        StringBuilder text = new StringBuilder();
        boolean leaf = true;
        int event = reader.next();
        for (; event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                leaf = false;
                readElement(reader, path + "/", values);
            } else if (reader.isCharacters()) {
                text.append(reader.getText());
            }
        }
        // An element of one tag ends where it starts
        boolean oneTag = reader.getLocation().getCharacterOffset() == start;
        if (leaf && !(oneTag && accessOnly)) {
            values.remove(path);
            values.put(path, value(text.toString()));
        }
    }

    private static String value(String text) {
        String value = text.strip().replaceAll("\\r\\n|[\\r\\n]", " ");
        return value.equals("\"\"") ? "" : value;
    }
}
