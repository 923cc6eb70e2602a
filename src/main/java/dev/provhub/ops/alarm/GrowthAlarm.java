package dev.provhub.ops.alarm;

/**
 * Whether something happens much more often than usual. It is told once a minute how often it happened, and holds the last five
 * minutes against the usual: an average in which a minute counts less and less over an hour. While the alarm is raised, the usual does
 * not learn, so that what goes on does not become usual; what goes on for a day does.
 *
 * <pre>
 *            recent ≥ minimum and recent > factor · usual
 *   quiet  ------------------------------------------------>  raised
 *          <------------------------------------------------
 *     recent below half of both, or raised for a day
 * </pre>
 *
 * Not thread-safe.
 */
final class GrowthAlarm {
    private static final int WINDOW_MINUTES = 5;
    /** As many again, so that there is something to compare with: a hub that has just started hears from everybody. */
    private static final int LEARNING_MINUTES = 2 * WINDOW_MINUTES;

    private static final int LONGEST_MINUTES = 24 * 60;
    private static final double WEIGHT = 1 - Math.exp(-1 / 60.0);

    private final int factor;
    private final int minimum;
    private final long[] window = new long[WINDOW_MINUTES];
    private long minutes;
    private double weighted;
    private double weights;
    private boolean raised;
    private int raisedFor;
    private boolean isUsualNow;

    /**
     * Begins to learn.
     *
     * @param factor  from 2
     * @param minimum within five minutes, from 1
     */
    GrowthAlarm(int factor, int minimum) {
        this.factor = factor;
        this.minimum = minimum;
    }

    /**
     * One more minute has passed.
     *
     * @return whether the alarm is raised now and was not before, or the other way round
     */
    boolean minute(long count) {
        int place = (int) (minutes % WINDOW_MINUTES);
        if (minutes >= WINDOW_MINUTES && !raised) {
            weighted = weighted * (1 - WEIGHT) + window[place] * WEIGHT;
            weights = weights * (1 - WEIGHT) + WEIGHT;
        }
        window[place] = count;
        minutes++;
        boolean before = raised;
        isUsualNow = false;
        raised = raised ? lasts() : begins();
        return raised != before;
    }

    private boolean begins() {
        raisedFor = 0;
        return minutes >= LEARNING_MINUTES && recent() >= minimum && recent() > factor * usual();
    }

    private boolean lasts() {
        if (++raisedFor >= LONGEST_MINUTES) {
            weighted = recent() / (double) WINDOW_MINUTES;
            weights = 1;
            isUsualNow = true;
            return false;
        }
        return 2.0 * recent() >= Math.max(minimum, factor * usual());
    }

    /** Whether the last minute ended the alarm though it goes on. */
    boolean goesOn() {
        return isUsualNow;
    }

    boolean isRaised() {
        return raised;
    }

    /** How often it happened in the last five minutes. */
    long recent() {
        long sum = 0;
        for (long count : window) {
            sum += count;
        }
        return sum;
    }

    /** How often it happens within five minutes. */
    double usual() {
        return weights == 0 ? 0 : weighted / weights * WINDOW_MINUTES;
    }
}
