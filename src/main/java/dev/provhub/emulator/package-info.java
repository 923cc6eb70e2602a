/**
 * A phone that asks like a phone: it boots, follows its rules, opens sealed profiles, walks its retry lists and flashes
 * firmware, one {@link dev.provhub.emulator.VirtualPhone} per device. Written from the protocol reference alone; it shares
 * no code with the hub, so that an error in one is seen by the other.
 */
@NullMarked
package dev.provhub.emulator;

import org.jspecify.annotations.NullMarked;
