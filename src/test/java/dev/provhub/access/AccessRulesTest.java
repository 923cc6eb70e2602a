package dev.provhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.config.YamlNode;
import dev.provhub.routing.RouteFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    /** What needs no token, and so no role. */
    private static final Set<String> OPEN = Set.of("/health", "/console");

    @ParameterizedTest
    @CsvSource(textBlock = """
            read,    read,    true
            read,    order,   false
            read,    operate, false
            read,    admin,   false
            order,   read,    true
            order,   order,   true
            order,   operate, false
            order,   admin,   false
            operate, read,    true
            operate, order,   false
            operate, operate, true
            operate, admin,   false
            admin,   read,    true
            admin,   order,   true
            admin,   operate, true
            admin,   admin,   true
            """)
    void role_includesAnother_asTheDiagramSays(String has, String needed, boolean may) {
        Caller caller = new Caller("id", "n", Set.of(Role.find(has).orElseThrow()));

        assertThat(caller.may(Role.find(needed).orElseThrow())).isEqualTo(may);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,    /api/v1/devices/000e08aabbcc,          READ
            HEAD,   /api/v1/devices/000e08aabbcc,          READ
            PUT,    /api/v1/devices/000e08aabbcc,          OPERATE
            GET,    /api/v1/devices/000e08aabbcc/key,      ADMIN
            GET,    /api/v1/devices/000e08aabbcc/key/,     ADMIN
            GET,    /api/v1/devices/000e08aabbcc/KEY,      ADMIN
            GET,    /API/V1/devices/000e08aabbcc,          ADMIN
            GET,    /api/v1//devices/000e08aabbcc,         ADMIN
            GET,    /api/v1/devices/000e08aabbcc/key/../profile, ADMIN
            POST,   /api/v1/imports,                       ORDER
            POST,   /tmf-api/serviceOrdering/v4/serviceOrder, ORDER
            GET,    /nothing,                              ADMIN
            TRACE,  /api/v1/layers,                        ADMIN
            """)
    void needed_whatIsNotInTheTable_needsAdmin(String method, String path, Role role) {
        assertThat(AccessRules.needed(method, path)).isEqualTo(role);
    }

    @Test
    void table_hasEveryPathOfTheShippedRoutes() {
        Set<String> inTable = new TreeSet<>();
        AccessRules.all().forEach(row -> inTable.add(row.substring(0, row.lastIndexOf(' '))));

        assertThat(inTable).isEqualTo(paths());
    }

    private static Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        for (Path file : RouteFiles.below(Path.of("routes"))) {
            for (YamlNode item : YamlNode.read(file).items()) {
                item.find("rest")
                        .filter(rest -> !OPEN.contains(rest.findText("path").orElse("")))
                        .ifPresent(rest -> {
                            for (String verb : List.of("get", "put", "post", "patch", "delete")) {
                                rest.find(verb).ifPresent(all -> all.items()
                                        .forEach(one -> paths.add(verb.toUpperCase(java.util.Locale.ROOT) + " "
                                                + rest.findText("path").orElse("")
                                                + one.findText("path").orElse(""))));
                            }
                        });
            }
        }
        return paths;
    }
}
