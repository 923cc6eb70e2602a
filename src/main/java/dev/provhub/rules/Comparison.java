package dev.provhub.rules;

/** One test of a condition. */
record Comparison(Operand left, Operator operator, Operand right) {
    @Override
    public String toString() {
        return left + " " + operator.word() + " " + right;
    }
}
