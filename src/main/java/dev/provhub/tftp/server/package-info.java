/**
 * A TFTP server (RFC 1350, 2347, 2348, 2349, 7440): {@link dev.provhub.tftp.server.TftpServer} binds,
 * {@link dev.provhub.tftp.server.Listening} takes datagrams, {@link dev.provhub.tftp.server.Transfers} begins and bounds
 * sessions; {@link dev.provhub.tftp.server.Sending} and {@link dev.provhub.tftp.server.Reception} decide what goes to a client
 * and know neither sockets nor clocks. Netty, no Camel, one event loop; what a request means is asked elsewhere.
 */
@NullMarked
package dev.provhub.tftp.server;

import org.jspecify.annotations.NullMarked;
