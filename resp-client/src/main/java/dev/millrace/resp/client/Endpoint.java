// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a server listens. Immutable.
 *
 * @param host a name or an address, not resolved before connecting; or {@code unix:} and the path of a socket in the file
 *     system
 * @param port 1 to 65535; 0 with a path
 */
public record Endpoint(String host, int port) {
    private static final int LAST_PORT = 65_535;
    private static final String UNIX = "unix:";

    /** Checks the values. */
    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of a server is blank; give a name or an address");
        }
        if (host.startsWith(UNIX) ? port != 0 : port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is out of range; give 1 to 65535");
        }
    }

    /**
     * Reads an address.
     *
     * @param text {@code host}, {@code host:port}, {@code [IPv6 address]:port} or {@code unix:/path}
     * @param defaultPort the port of a host without one
     * @return the address
     */
    public static Endpoint parse(String text, int defaultPort) {
        if (text.startsWith(UNIX)) {
            return new Endpoint(text, 0);
        }
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', bracket + 1);
        if (bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException(
                    "address " + text + " is not clear; write an IPv6 address as [address]:port");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        String bare = bracket < 0 ? host : host.substring(1, bracket);
        return new Endpoint(bare, colon < 0 ? defaultPort : port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("address " + text + " has no port; write host:port", e);
        }
    }

    /**
     * The socket in the file system.
     *
     * @return its path; empty if this is a host with a port
     */
    public Optional<Path> unixPath() {
        return host.startsWith(UNIX) ? Optional.of(Path.of(host.substring(UNIX.length()))) : Optional.empty();
    }

    @Override
    public String toString() {
        if (host.startsWith(UNIX)) {
            return host;
        }
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
