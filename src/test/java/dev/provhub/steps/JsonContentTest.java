package dev.provhub.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonContentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | true  | true",
                "application/json                  | true  | true",
                "Application/JSON; charset=UTF-8   | true  | true",
                "application/json;charset=\"utf-8\" | true  | true",
                "application/json; charset=latin1  | false | false",
                "application/merge-patch+json      | false | true",
                "application/json-patch+json       | false | false",
                "text/plain                        | false | false",
                "application/xml                   | false | false"
            })
    void objection_whatIsNoJsonInUtf8_isNamed(String contentType, boolean body, boolean patch) {
        assertThat(JsonContent.objection(contentType, Set.of("application/json"))
                        .isEmpty())
                .isEqualTo(body);
        assertThat(JsonContent.objection(contentType, Set.of("application/json", "application/merge-patch+json"))
                        .isEmpty())
                .isEqualTo(patch);
    }
}
