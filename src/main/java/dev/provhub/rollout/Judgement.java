package dev.provhub.rollout;

/**
 * What the numbers of a group say.
 *
 * @param verdict what is to be done
 * @param reason  why, for people; empty while there is nothing to do
 */
public record Judgement(Verdict verdict, String reason) {
    static final Judgement WAIT = new Judgement(Verdict.WAIT, "");

    /** What is to be done. */
    public enum Verdict {
        /** Nothing yet. */
        WAIT,
        /** The next group may begin. */
        DONE,
        /** The rollout stops. */
        STOP,
        /** Nothing can be known: people have to say whether it goes on. */
        DOUBT
    }

    static Judgement doubt(String reason) {
        return new Judgement(Verdict.DOUBT, reason);
    }

    /**
     * Judges a group.
     *
     * @param offline how many of those that wait are offline: they count for nothing until they return
     */
    public static Judgement of(GroupPlan plan, RolloutGroup group, GroupCounts counts, long offline) {
        long failed = Math.max(0, counts.of(Progress.FAILED) - group.forgiven());
        long arrived = counts.of(Progress.RUNNING);
        long known = arrived + failed;
        long reachable = counts.counting() - counts.of(Progress.RETURNED) - group.forgiven() - offline;
        boolean enough = known >= Math.min(plan.sample(), Math.max(1, reachable));
        if (failed > 0 && enough && plan.errors().isReachedBy(failed, known)) {
            return new Judgement(
                    Verdict.STOP,
                    "group " + group.number() + ": " + failed + " of " + known + " failed, and " + plan.errors()
                            + " stop it");
        }
        if (counts.counting() - counts.of(Progress.RETURNED) - group.forgiven() <= 0) {
            return new Judgement(Verdict.DONE, "group " + group.number() + " has no devices to wait for");
        }
        if (reachable > 0
                && known > 0
                && enough
                && (arrived >= reachable || plan.success().isReachedBy(arrived, reachable))) {
            return new Judgement(
                    Verdict.DONE, "group " + group.number() + ": " + arrived + " of " + reachable + " arrived");
        }
        if (reachable > 0 && known >= reachable && failed > 0) {
            return new Judgement(
                    Verdict.STOP,
                    "group " + group.number() + ": " + arrived + " of " + reachable + " arrived, " + failed
                            + " failed, and it needs " + plan.success());
        }
        return WAIT;
    }
}
