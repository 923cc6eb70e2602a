package dev.provhub.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLevelVariablesTest {
    @Test
    void mistake_wordThatIsNone_isNamedWithWhatIsAllowed() {
        assertThat(LogLevelVariables.mistake(Map.of("HUB_LOG_LEVEL", "verbose")))
                .isEqualTo("HUB_LOG_LEVEL = verbose is not allowed; allowed: trace, debug, info, warn, error, off");
        assertThat(LogLevelVariables.mistake(Map.of("HUB_ROOT_LOG_LEVEL", "trace")))
                .startsWith("HUB_ROOT_LOG_LEVEL = trace is not allowed; allowed: info, warn, error, off");
        assertThat(LogLevelVariables.mistake(Map.of("HUB_LOG_LEVEL", "debug", "HUB_ROOT_LOG_LEVEL", "info")))
                .isNull();
        assertThat(LogLevelVariables.mistake(Map.of())).isNull();
    }
}
