/**
 * How a phone fetches a file: {@link dev.provhub.emulator.transport.Fetcher} takes a {@code PhoneUrl} and answers with
 * what came, over TFTP, HTTP or HTTPS. HTTP is spoken on plain sockets, because the JDK's client neither speaks the old
 * TLS nor keeps to the few headers that phones send.
 */
@NullMarked
package dev.provhub.emulator.transport;

import org.jspecify.annotations.NullMarked;
