/**
 * How a phone fetches a file: {@link dev.provhub.emulator.transport.Fetcher} takes a {@code PhoneUrl} and answers later with
 * what came, over TFTP, HTTP or HTTPS. Netty carries it, so that few threads serve many phones; HTTP is put together by hand,
 * because no client speaks the old TLS and keeps to the few headers that phones send.
 */
@NullMarked
package dev.provhub.emulator.transport;

import org.jspecify.annotations.NullMarked;
