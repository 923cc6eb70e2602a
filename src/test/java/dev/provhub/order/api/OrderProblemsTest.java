package dev.provhub.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provhub.order.OrderProblem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderProblemsTest {
    private static OrderProblem of(String field) {
        return new OrderProblem(field, "x", "y");
    }

    @ParameterizedTest
    @CsvSource({
        "a[0].b, a[0].b, false",
        "a[0].b, a[0].b.c, false",
        "a[0].b, a[0], false",
        "a[0].b, a[0].bc, true",
        "a[0].b, a[1].b, true",
        "a[0].b, a[0].c, true"
    })
    void addUntold_whatLiesWithinOrAround_isNotToldAgain(String known, String other, boolean isNew) {
        OrderProblems problems = new OrderProblems();
        problems.add(of(known));

        problems.addUntold(List.of(of(other)));

        assertThat(problems.all()).hasSize(isNew ? 2 : 1);
    }
}
