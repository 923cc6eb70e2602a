package dev.provhub.profile;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads profiles that others wrote, as phones read them (device protocol, section 1.1): everything inside an element
 * {@code flat-profile}, wherever it stands; of a parameter that stands twice the last; white space around a value does not
 * count, and a line break inside it is a blank. Neither document types nor entities of their own are read.
 */
public final class FlatProfileReader {
    private static final String ROOT = "flat-profile";
    private static final String ROUTER = "router-configuration";
    /** Sections in sections; real ones are three deep. */
    private static final int DEEPEST = 64;

    private FlatProfileReader() {}

    /**
     * One parameter as it stands in the file.
     *
     * @param name       sections joined by {@code /}
     * @param text       empty for an element without text
     * @param userAccess null where the file says nothing, or something that is not known
     * @param line       in the file, from 1
     * @param keepsValue whether it is {@code <X ua=".."/>}, which changes the access alone
     * @param group      where a device's own dump says that it stands, e.g. {@code Info/System_Information}; null elsewhere
     */
    public record Read(
            String name,
            String text,
            @Nullable UserAccess userAccess,
            int line,
            boolean keepsValue,
            @Nullable String group) {
        /** Leaves the text out, which may be a secret. */
        @Override
        public String toString() {
            return "Read[" + name + " line " + line + "]";
        }
    }

    /**
     * The parameters in the order in which they first stand.
     *
     * @throws ProfileException when it is not well-formed, or holds no {@code flat-profile}; with the line
     */
    public static List<Read> read(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            Map<String, Read> found = new LinkedHashMap<>();
            boolean seen = false;
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(ROOT)) {
                    seen = true;
                    children(reader, "", found, 1);
                }
            }
            if (!seen) {
                throw new ProfileException("there is no element " + ROOT);
            }
            return new ArrayList<>(found.values());
        } catch (XMLStreamException e) {
            throw new ProfileException("line " + e.getLocation().getLineNumber() + ": is not well-formed XML");
        }
    }

    /** Reads up to the end of the element on which the reader stands. */
    private static void children(XMLStreamReader reader, String path, Map<String, Read> found, int depth)
            throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                element(reader, path + reader.getLocalName(), found, depth);
            }
        }
    }

    private static void element(XMLStreamReader reader, String name, Map<String, Read> found, int depth)
            throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new ProfileException(
                    "line " + reader.getLocation().getLineNumber() + ": nested deeper than " + DEEPEST);
        }
        if (name.equals(ROUTER)) {
            children(reader, ROUTER + "/", found, depth + 1);
            return;
        }
        int line = reader.getLocation().getLineNumber();
        String ua = reader.getAttributeValue(null, "ua");
        String group = reader.getAttributeValue(null, "group");
        StringBuilder text = new StringBuilder();
        boolean inSection = name.startsWith(ROUTER);
        boolean isSection = false;
        int event = reader.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                if (!inSection) {
                    throw new ProfileException("line " + reader.getLocation().getLineNumber() + ": "
                            + reader.getLocalName() + " stands inside " + name);
                }
                isSection = true;
                element(reader, name + "/" + reader.getLocalName(), found, depth + 1);
            }
            event = reader.next();
        }
        if (!isSection) {
            UserAccess access = access(ua);
            boolean keeps = access != null && text.length() == 0;
            found.put(name, new Read(name, phoneText(text.toString()), access, line, keeps, group));
        }
    }

    private static String phoneText(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static @Nullable UserAccess access(@Nullable String word) {
        for (UserAccess access : UserAccess.values()) {
            if (access.name().toLowerCase(Locale.ROOT).equals(word)) {
                return access;
            }
        }
        return null;
    }
}
