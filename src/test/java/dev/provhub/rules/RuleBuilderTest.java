package dev.provhub.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provhub.firmware.FirmwareVersion;
import org.junit.jupiter.api.Test;

class RuleBuilderTest {
    private final RuleBuilder builder = new RuleBuilder(RuleKind.PROFILE, 1024);

    @Test
    void build_allParts_areWrittenAsPhonesReadThem() {
        String rule = builder.when(
                        RuleBuilder.running(Operator.LT, FirmwareVersion.parse("6.1.5(a)")),
                        RuleBuilder.text("A", Operator.NE, "done"),
                        RuleBuilder.number("PRVTMR", Operator.GE, 3600))
                .assign("o", "h")
                .assign("User_ID_1_", "x y")
                .option("key", "my phrase")
                .option("uid", "$(MA)")
                .fetch("http://h/$(MA)?a=1&b=2")
                .fetch("tftp://h/p")
                .build();
        assertThat(rule)
                .isEqualTo("($SWVER lt 6.1.5a and \"$A\" ne \"done\" and $PRVTMR ge 3600)? "
                        + "( o = \"h\" ; User_ID_1_ = \"x y\" )! [--key \"my phrase\" --uid $(MA)] http://h/$(MA)?a=1&b=2"
                        + " | tftp://h/p");
    }

    @Test
    void build_whatPhonesMisread_cannotBeWritten() {
        assertThatThrownBy(() -> builder.fetch("http://h/a b")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.fetch("http://h/$A")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.fetch("tftp://h/a?b")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.assign("a", "say \"x\"")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.assign("a b", "x")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.option("key", "a]b")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.option("key", "$A")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> builder.option("cert", "x")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> RuleBuilder.text("A", Operator.LT, "x")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> RuleBuilder.text("A", Operator.EQ, "a)b")).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> RuleBuilder.number("a b", Operator.EQ, 1)).isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> RuleBuilder.running(Operator.LT, FirmwareVersion.parse("11-3-1MSR3-3")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RuleBuilder(RuleKind.UPGRADE, 1024).option("key", "x"))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void fetch_behindAnAlternativeWithoutCondition_isRefused() {
        builder.fetch("http://h/a");
        assertThatThrownBy(() -> builder.fetch("http://h/b"))
                .hasMessage("an alternative without a condition must be the last");
    }

    @Test
    void build_longerThanTheModelTakes_isRefusedWithoutTheUrl() {
        RuleBuilder small = new RuleBuilder(RuleKind.PROFILE, 128).fetch("http://h/" + "a".repeat(128));
        assertThatThrownBy(small::build)
                .hasMessage("the rule would have 137 characters, and the model takes 128 (rule-limit)");
    }
}
