package dev.provhub.tftp.server;

import java.net.InetSocketAddress;

/**
 * A file that somebody asks for.
 *
 * @param fileName as sent
 * @param mode     {@code octet} or {@code netascii}
 * @param remote   who asks
 * @param local    the address and port that were asked
 */
public record TftpRequest(String fileName, String mode, InetSocketAddress remote, InetSocketAddress local) {}
