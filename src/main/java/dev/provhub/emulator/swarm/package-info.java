/**
 * Very many virtual phones at once: {@link dev.provhub.emulator.swarm.Swarm} boots what a
 * {@link dev.provhub.emulator.swarm.SwarmPlan} says and gives a {@link dev.provhub.emulator.swarm.SwarmReport}.
 */
@NullMarked
package dev.provhub.emulator.swarm;

import org.jspecify.annotations.NullMarked;
