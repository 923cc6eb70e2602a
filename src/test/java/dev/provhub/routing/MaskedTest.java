package dev.provhub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cannot take {\"sipPassword\":\"rosebud 7\",\"x\":1}",
                "cannot take {\"sipPassword\" : \"ros\\\"ebud rosebud\"",
                "{'password':'rosebud'}",
                "{name=sipPassword, value=rosebud}",
                "{\"name\": \"sipPassword\", \"value\": \"rosebud\"}",
                "<Password_1_>rosebud</Password_1_>",
                "User: u Password: rosebud",
                "https://h/x?access_token=rosebud&y=1",
                "Authorization token=rosebud",
                "GPP_Key: rosebud"
            })
    void failure_secretOfAnyForm_isMasked(String text) {
        assertThat(Masked.failure(text)).doesNotContain("rosebud").contains("***");
    }

    @Test
    void failure_restOfTheText_stays() {
        assertThat(Masked.failure(
                        "cannot take {\"sipUser\":\"4711\",\"sipPassword\":\"rosebud\",\"mac\":\"0a\"} at /p/abc/x"))
                .isEqualTo("cannot take {\"sipUser\":\"4711\",\"sipPassword\":***,\"mac\":\"0a\"} at /p/***/x");
    }
}
