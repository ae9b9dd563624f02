// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.ConnectionSettings;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to a node: password, encryption, times, and limits. Immutable: each {@code with} gives another one.
 *
 * @param user the name that is said with the password, where the server has users; null for none
 * @param password sent by AUTH on each new connection; null for none
 * @param tls encrypts connections and checks the name of the host; null for none
 * @param connectTimeout how long connecting may take, encryption and password included
 * @param replyTimeout how long a reply may take beyond what the server was told to wait
 * @param waitMargin how much later than asked a waiting command may be answered; servers are up to a second late
 * @param connections how many connections to a node there are at most for commands that wait at the server, and as many
 *     again for all others
 * @param idleTimeout after which time unused connections are closed
 * @param checkAfter an unused connection older than this is tried with PING before it is used again
 * @param inFlight how many commands an asynchronous client has waiting and sent at most
 */
public record DisqueOptions(
        @Nullable String user,
        @Nullable String password,
        @Nullable SSLContext tls,
        Duration connectTimeout,
        Duration replyTimeout,
        Duration waitMargin,
        int connections,
        Duration idleTimeout,
        Duration checkAfter,
        int inFlight) {
    private static final Duration LEAST_MARGIN = Duration.ofMillis(1500);
    private static final DisqueOptions DEFAULTS = new DisqueOptions(
            null,
            null,
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            64,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            65_536);

    /** Checks the values. */
    public DisqueOptions {
        if (user != null && password == null) {
            throw new IllegalArgumentException("user " + user + " has no password; give both");
        }
        positive("the connect timeout", connectTimeout);
        positive("the reply timeout", replyTimeout);
        positive("the idle timeout", idleTimeout);
        if (waitMargin.compareTo(LEAST_MARGIN) < 0) {
            throw new IllegalArgumentException("the margin of waiting commands " + waitMargin
                    + " is too short; give at least 1.5 seconds, because servers answer late");
        }
        Units.millisUp("the margin of waiting commands", waitMargin);
        Units.millisUp("the age after which connections are checked", checkAfter);
        Units.inRange("the number of connections", connections, 1, Integer.MAX_VALUE);
        Units.inRange("the number of commands in flight", inFlight, 1, Integer.MAX_VALUE);
    }

    private static void positive(String what, Duration value) {
        if (Units.millisUp(what, value) == 0) {
            throw new IllegalArgumentException(what + " is zero; give more than that");
        }
    }

    /**
     * No password, no encryption; connecting within 2 s, replies within 5 s, waiting commands at most 2 s late, 64
     * connections of either kind that are checked after 1 s and closed after a minute of disuse, 65,536 commands in
     * flight.
     *
     * @return the defaults
     */
    public static DisqueOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sends a password on each new connection, and no name.
     *
     * @param word the password
     * @return the options with it
     */
    public DisqueOptions withPassword(String word) {
        return new DisqueOptions(
                null,
                word,
                tls,
                connectTimeout,
                replyTimeout,
                waitMargin,
                connections,
                idleTimeout,
                checkAfter,
                inFlight);
    }

    /**
     * Sends a name and a password on each new connection, to a server that has users, as {@code millrace serve} may have.
     *
     * @param name the user
     * @param word the password
     * @return the options with both
     */
    public DisqueOptions withUser(String name, String word) {
        return new DisqueOptions(
                name,
                word,
                tls,
                connectTimeout,
                replyTimeout,
                waitMargin,
                connections,
                idleTimeout,
                checkAfter,
                inFlight);
    }

    /**
     * Encrypts connections, trusting what the JDK trusts.
     *
     * @return the options with it
     */
    public DisqueOptions withTls() {
        try {
            return withTls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no usual TLS context", e);
        }
    }

    /**
     * Encrypts connections.
     *
     * @param context what to trust, and whom to be
     * @return the options with it
     */
    public DisqueOptions withTls(SSLContext context) {
        return new DisqueOptions(
                user,
                password,
                context,
                connectTimeout,
                replyTimeout,
                waitMargin,
                connections,
                idleTimeout,
                checkAfter,
                inFlight);
    }

    /**
     * How long connecting may take.
     *
     * @param timeout more than zero
     * @return the options with it
     */
    public DisqueOptions withConnectTimeout(Duration timeout) {
        return new DisqueOptions(
                user, password, tls, timeout, replyTimeout, waitMargin, connections, idleTimeout, checkAfter, inFlight);
    }

    /**
     * How long a reply may take beyond what the server was told to wait.
     *
     * @param timeout more than zero
     * @return the options with it
     */
    public DisqueOptions withReplyTimeout(Duration timeout) {
        return new DisqueOptions(
                user,
                password,
                tls,
                connectTimeout,
                timeout,
                waitMargin,
                connections,
                idleTimeout,
                checkAfter,
                inFlight);
    }

    /**
     * How much later than asked a waiting command may be answered.
     *
     * @param margin at least 1.5 seconds
     * @return the options with it
     */
    public DisqueOptions withWaitMargin(Duration margin) {
        return new DisqueOptions(
                user,
                password,
                tls,
                connectTimeout,
                replyTimeout,
                margin,
                connections,
                idleTimeout,
                checkAfter,
                inFlight);
    }

    /**
     * How many connections to a node there are at most.
     *
     * @param most for waiting commands, and as many again for all others; 1 or more
     * @return the options with it
     */
    public DisqueOptions withConnections(int most) {
        return new DisqueOptions(
                user, password, tls, connectTimeout, replyTimeout, waitMargin, most, idleTimeout, checkAfter, inFlight);
    }

    /**
     * What is done with unused connections.
     *
     * @param closeAfter when they are closed
     * @param checkedAfter when they are tried with PING before use; zero: always
     * @return the options with it
     */
    public DisqueOptions withIdle(Duration closeAfter, Duration checkedAfter) {
        return new DisqueOptions(
                user,
                password,
                tls,
                connectTimeout,
                replyTimeout,
                waitMargin,
                connections,
                closeAfter,
                checkedAfter,
                inFlight);
    }

    /**
     * How many commands an asynchronous client has waiting and sent at most.
     *
     * @param most 1 or more
     * @return the options with it
     */
    public DisqueOptions withInFlight(int most) {
        return new DisqueOptions(
                user,
                password,
                tls,
                connectTimeout,
                replyTimeout,
                waitMargin,
                connections,
                idleTimeout,
                checkAfter,
                most);
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(
                new DisqueProtocol(user, password),
                tls,
                new ConnectionSettings.Times(connectTimeout, replyTimeout, waitMargin, idleTimeout, checkAfter),
                connections,
                inFlight);
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return "DisqueOptions[user " + (user == null ? "none" : user) + ", password "
                + (password == null ? "none" : "***") + ", TLS " + (tls != null) + ", connect " + connectTimeout
                + ", reply " + replyTimeout + ", connections " + connections + "]";
    }
}
