// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a vtgate is. Immutable and thread-safe.
 *
 * @param host its name or address
 * @param port of gRPC, not that of MySQL's protocol; 1 to 65,535
 * @param keyspace which keyspace, or one shard of it, such as {@code users:-80}
 * @param access how it lets us in
 * @param timeout how long an answer may take; 1 ms to an hour
 */
public record VitessAddress(String host, int port, String keyspace, Access access, Duration timeout) {
    private static final int USUAL_PORT = 15_991;
    private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(:[0-9A-Fa-f-]+)?");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String SHAPE =
            "write it like vitess://[user:password@]host[:15991]/keyspace[?tls=true&timeout=PT10S]";

    /**
     * How a vtgate lets us in. Its text hides the password.
     *
     * @param tls whether the connection is encrypted, by the certificates that this JVM trusts
     * @param user for vtgate's static authentication, and the name by which it knows us; null for none
     * @param password that of the user, or null
     */
    public record Access(
            boolean tls, @Nullable String user, @Nullable String password) {
        /** In plain, as nobody. */
        public static final Access PLAIN = new Access(false, null, null);

        @Override
        public String toString() {
            return "Access[tls=" + tls + ", user=" + user + "]";
        }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public VitessAddress {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "host \"" + host + "\" and port " + port + " name no vtgate; give a name and 1 to 65535");
        }
        if (!KEYSPACE.matcher(keyspace).matches()) {
            throw new IllegalArgumentException("keyspace \"" + keyspace
                    + "\" is none; give its name, or a shard as in users:-80; messages always come from the primary");
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout " + timeout + " is out of range; give 1 ms to an hour");
        }
    }

    /**
     * Reads an address.
     *
     * @param url {@code vitess://[user:password@]host[:15991]/keyspace[:shard][?tls=true&timeout=PT10S]}; what is special in a URL
     *     is written with {@code %}
     * @return the address
     * @throws IllegalArgumentException if it is none
     */
    public static VitessAddress of(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the address of a vtgate cannot be read; " + SHAPE);
        }
        if (!"vitess".equals(uri.getScheme()) || uri.getHost() == null || uri.getPath() == null) {
            throw new IllegalArgumentException("the address of a vtgate cannot be read; " + SHAPE);
        }
        boolean tls = false;
        Duration timeout = USUAL_TIMEOUT;
        for (String option :
                uri.getQuery() == null ? new String[0] : uri.getQuery().split("&")) {
            if (option.equals("tls=true") || option.equals("tls=false")) {
                tls = option.endsWith("true");
            } else if (option.startsWith("timeout=")) {
                timeout = length(option);
            } else {
                throw new IllegalArgumentException("option \"" + option + "\" is not known; " + SHAPE);
            }
        }
        return new VitessAddress(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                uri.getPath().isEmpty() ? "" : uri.getPath().substring(1),
                access(tls, uri.getUserInfo()),
                timeout);
    }

    private static Duration length(String option) {
        try {
            return Duration.parse(option.substring("timeout=".length()));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("option \"" + option + "\" is no length of time such as PT10S", e);
        }
    }

    private static Access access(boolean tls, @Nullable String login) {
        if (login == null) {
            return new Access(tls, null, null);
        }
        int colon = login.indexOf(':');
        return colon < 0
                ? new Access(tls, login, null)
                : new Access(tls, login.substring(0, colon), login.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "vitess://" + host + ":" + port + "/" + keyspace;
    }
}
