package dev.provhub.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.ShippedConfig;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What a layer may say arrives as it is, and nothing breaks out of its element. The JDK's parser is the judge. */
class FlatProfileRoundTripTest {
    private static final Origin TEST = new Origin("test", null);
    private static final Parameter TEXT = new Parameter("Station_Name", "Text", "", Map.of(), Set.of(), false);

    @Property(tries = 5000, seed = "815")
    void write_anyLegalText_isReadBack(@ForAll("texts") String text) throws Exception {
        Assume.that(TEXT.accepts(text).isEmpty());
        Map<String, String> read =
                readBack(List.of(value("Station_Name", text), value("router-configuration/A/B", text)));
        assertThat(read).containsExactly(Map.entry("Station_Name", text), Map.entry("router-configuration/A/B", text));
    }

    @Property(tries = 300, seed = "815")
    void write_anyParametersOfTheDictionary_areReadBack(@ForAll("parameters") List<String> names) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        names.forEach(name -> expected.put(name, "value of " + name));
        List<ProfileValue> values = expected.entrySet().stream()
                .map(entry -> value(entry.getKey(), entry.getValue()))
                .toList();
        assertThat(readBack(values)).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private static Map<String, String> readBack(List<ProfileValue> values) throws Exception {
        byte[] bytes = FlatProfileWriter.write(new Profile(Profile.Kind.FULL, "1.0", values, List.of()));
        for (byte b : bytes) {
            assertThat(b == '\n' || (b >= ' ' && b < 0x7f)).as("ASCII only").isTrue();
        }
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("flat-profile");
        Map<String, String> read = new LinkedHashMap<>();
        collect(document.getDocumentElement(), "", read);
        return read;
    }

    private static void collect(Element element, String path, Map<String, String> into) {
        assertThat(element.getAttributes().getLength()).as("attributes").isZero();
        NodeList children = element.getChildNodes();
        boolean isSection = false;
        for (int i = 0; i < children.getLength(); i++) {
            Node child = children.item(i);
            if (child instanceof Element inner) {
                isSection = true;
                collect(inner, path.isEmpty() ? inner.getTagName() : path + "/" + inner.getTagName(), into);
            } else {
                assertThat(child.getNodeType()).as("nothing but text").isEqualTo(Node.TEXT_NODE);
            }
        }
        if (!isSection && !path.isEmpty()) {
            assertThat(into.put(path, element.getTextContent())).as("once").isNull();
        }
    }

    private static ProfileValue value(String name, String text) {
        return new ProfileValue(name, text, null, TEST, false, List.of());
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.of(
                "<",
                ">",
                "&",
                "'",
                "\"",
                "]]>",
                "<![CDATA[",
                "<!--",
                "-->",
                "</Station_Name>",
                "<?x?>",
                "&amp;",
                "&#60;",
                "&lt",
                "${x}",
                " ",
                "\\",
                "/",
                "\u00fc",
                "\u2028",
                "\ud83d\ude00",
                "\uffff",
                "\u0000",
                "\n",
                "a");
        return Arbitraries.oneOf(
                nasty.list().ofMaxSize(8).map(parts -> String.join("", parts)),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<List<String>> parameters() {
        List<String> names = ShippedConfig.DICTIONARY.all().stream()
                .map(parameter -> parameter.name().replaceAll("(?<=_)[nkug](?=_)", "2"))
                .distinct()
                .toList();
        return Arbitraries.of(names).list().ofMaxSize(40).uniqueElements();
    }
}
