/**
 * A virtual phone: {@link dev.provhub.emulator.VirtualPhone} behaves towards a server as the named device would, from
 * factory state to its last firmware. {@code PhoneLife} decides when something happens, {@code Resync} and
 * {@code Upgrade} do it, {@code PhoneModel} holds what differs between devices. Written from the device protocol
 * reference; shares nothing with the server but the bytes on the wire.
 */
@NullMarked
package dev.provhub.emulator;

import org.jspecify.annotations.NullMarked;
