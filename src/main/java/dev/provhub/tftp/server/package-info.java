/**
 * A TFTP server (RFC 1350, 2347, 2348, 2349): {@link dev.provhub.tftp.server.TftpServer} takes requests, a
 * {@link dev.provhub.tftp.server.Transfer} carries each one out from a port of its own. Netty, no Camel. Decisions of a
 * transfer are made on one event loop; what a request means is asked elsewhere.
 */
@NullMarked
package dev.provhub.tftp.server;

import org.jspecify.annotations.NullMarked;
