package dev.provhub.ops;

import java.util.function.BooleanSupplier;

/** Whether the database answers. */
public final class DatabaseHealth extends HubCheck {
    private final BooleanSupplier answers;

    /** @param answers asks the database something small; false when it cannot be reached */
    public DatabaseHealth(BooleanSupplier answers) {
        super("database");
        this.answers = answers;
    }

    @Override
    protected Finding look() {
        return answers.getAsBoolean() ? Finding.up() : Finding.down("the database does not answer");
    }
}
