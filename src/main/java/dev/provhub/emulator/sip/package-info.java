/**
 * A phone's ear for NOTIFY (section 3.5 of the device protocol reference; RFC 3261): {@code NotifyListener} answers for a
 * {@code NotifyOwner}.
 */
@NullMarked
package dev.provhub.emulator.sip;

import org.jspecify.annotations.NullMarked;
