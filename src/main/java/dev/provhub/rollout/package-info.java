/**
 * Rollouts: firmware, or a change of layers, is given to devices in groups, the canary first, and stops by itself when too many
 * fail. {@link dev.provhub.rollout.RolloutDesk} takes what people want, {@link dev.provhub.rollout.RolloutTurn} moves groups on,
 * {@link dev.provhub.rollout.RolloutPoll} gives a device what it is to have and takes what it shows.
 */
@NullMarked
package dev.provhub.rollout;

import org.jspecify.annotations.NullMarked;
