package dev.provhub.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateFilesTest {
    private static String render(String name, String text, Map<String, ?> values) {
        return new String(new TemplateFiles(Map.of(name, text)).render(name, values), StandardCharsets.UTF_8);
    }

    @Test
    void render_valuesWithMarkup_areEscapedByTheNameOfTheTemplate() {
        Map<String, ?> nasty = Map.of("x", "<a b=\"1\">&'");
        assertThat(render("p.xml.ftl", "<v>${x}</v>", nasty)).isEqualTo("<v>&lt;a b=&quot;1&quot;&gt;&amp;&apos;</v>");
        assertThat(render("p.htm.ftl", "${x}", nasty)).isEqualTo("&lt;a b=&quot;1&quot;&gt;&amp;&#39;");
        assertThat(render("p.txt.ftl", "${x}", nasty)).isEqualTo("<a b=\"1\">&'");
        assertThat(render(
                        "p.xml.ftl",
                        "<#list l as e>${e_index}=${e} </#list>${n}",
                        Map.of("l", List.of("a", "b"), "n", 12345)))
                .isEqualTo("0=a 1=b 12345");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${missing}",
                "${x.y.z}",
                "${\"freemarker.template.utility.Execute\"?new()(\"id\")}",
                "${x?api.class}",
                "${x.class.forName(\"java.lang.Runtime\")}",
                "<#include \"/etc/passwd\">",
                "<#include \"file:///etc/passwd\">",
                "<#import \"other.ftl\" as o>",
            })
    void render_whatIsNotGiven_failsWithPlaceAndWithoutValues(String text) {
        assertThatThrownBy(() -> render("p.xml.ftl", "\n" + text, Map.of("x", "geheim")))
                .isInstanceOf(TemplateProblemException.class)
                .hasMessageStartingWith("p.xml.ftl")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void new_notWellFormed_isRefusedWithItsLine() {
        assertThatThrownBy(() -> new TemplateFiles(Map.of("p.xml.ftl", "<a>\n<#if x>\n</a>")))
                .isInstanceOf(TemplateProblemException.class)
                .hasMessageStartingWith("p.xml.ftl:3: ");
    }

    @Test
    void render_unknownTemplate_isRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> new TemplateFiles(Map.of("a.ftl", "")).render("b.ftl", Map.of()))
                .hasMessage("b.ftl: there is no such template; there are a.ftl");
    }
}
