// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Endpoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node listens. Immutable.
 *
 * @param host a name or an address, not resolved before connecting; or {@code unix:} and the path of a socket in the file
 *     system
 * @param port 1 to 65535; 0 with a path
 */
public record NodeAddress(String host, int port) {
    /** The port of Disque: {@value}. */
    public static final int DEFAULT_PORT = 7711;

    /** Checks the values. */
    public NodeAddress {
        new Endpoint(host, port);
    }

    /**
     * Reads an address.
     *
     * @param text {@code host}, {@code host:port}, {@code [IPv6 address]:port} or {@code unix:/path}; without a port it is
     *     {@value #DEFAULT_PORT}
     * @return the address
     */
    public static NodeAddress parse(String text) {
        return of(Endpoint.parse(text, DEFAULT_PORT));
    }

    static NodeAddress of(Endpoint endpoint) {
        return new NodeAddress(endpoint.host(), endpoint.port());
    }

    Endpoint endpoint() {
        return new Endpoint(host, port);
    }

    /**
     * The socket in the file system.
     *
     * @return its path; empty if this is a host with a port
     */
    public Optional<Path> unixPath() {
        return endpoint().unixPath();
    }

    @Override
    public String toString() {
        return endpoint().toString();
    }
}
