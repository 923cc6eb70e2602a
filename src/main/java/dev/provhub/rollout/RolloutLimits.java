package dev.provhub.rollout;

import java.time.Duration;

/**
 * What holds for every rollout.
 *
 * @param approval whether a second person has to agree
 * @param repeats  how often a device may come back under proof with nothing new until it has failed, from 1
 * @param between how long after one such time until the next one counts
 * @param silence  how long nothing may be heard of a device that was told until it has failed
 * @param offline  how long nothing was heard of a device that waits when it counts as offline
 * @param patience for how long from its begin on a group of which nobody is heard keeps the next one from beginning
 * @param pushes   how many devices are pushed in one turn at most
 */
public record RolloutLimits(
        boolean approval,
        int repeats,
        Duration between,
        Duration silence,
        Duration offline,
        Duration patience,
        int pushes) {}
