// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * Where a node listens. Immutable.
 *
 * @param host a name or an address; not resolved before connecting
 * @param port 1 to 65535
 */
public record NodeAddress(String host, int port) {
    /** The port of Disque: {@value}. */
    public static final int DEFAULT_PORT = 7711;

    private static final int LAST_PORT = 65_535;

    /** Checks the values. */
    public NodeAddress {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of a node is blank; give a name or an address");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is out of range; give 1 to 65535");
        }
    }

    /**
     * Reads an address.
     *
     * @param text {@code host}, {@code host:port} or {@code [IPv6 address]:port}; without a port it is {@value
     *     #DEFAULT_PORT}
     * @return the address
     */
    public static NodeAddress parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', bracket + 1);
        if (bracket < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
            throw new IllegalArgumentException(
                    "node address " + text + " is not clear; write an IPv6 address as [address]:port");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        String bare = bracket < 0 ? host : host.substring(1, bracket);
        return new NodeAddress(bare, colon < 0 ? DEFAULT_PORT : port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("node address " + text + " has no port; write host:port", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
