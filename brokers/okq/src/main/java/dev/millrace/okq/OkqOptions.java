// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.resp.client.ConnectionSettings;
import dev.millrace.resp.client.Protocol;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to a server: times, limits and encryption. okq itself knows neither password nor TLS; our server knows
 * both. Immutable: each {@code with} gives another one.
 *
 * @param password said by AUTH on each new connection; null for none
 * @param tls encrypts connections and checks the name of the host; null for none
 * @param connectTimeout how long connecting may take
 * @param replyTimeout how long a reply may take beyond what the server was told to wait
 * @param connections how many connections there are at most for commands; consumers have their own
 * @param idleTimeout after which time unused connections are closed
 */
public record OkqOptions(
        @Nullable String password,
        @Nullable SSLContext tls,
        Duration connectTimeout,
        Duration replyTimeout,
        int connections,
        Duration idleTimeout) {
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final Duration CHECK_AFTER = Duration.ofSeconds(1);
    private static final int IN_FLIGHT = 65_536;
    private static final OkqOptions DEFAULTS =
            new OkqOptions(null, null, Duration.ofSeconds(2), Duration.ofSeconds(5), 64, Duration.ofMinutes(1));

    /** Checks the values. */
    public OkqOptions {
        positive("the connect timeout", connectTimeout);
        positive("the reply timeout", replyTimeout);
        positive("the idle timeout", idleTimeout);
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "the number of connections " + connections + " is out of range; give 1 or more");
        }
    }

    private static void positive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(what + " " + value + " is out of range; give more than zero");
        }
    }

    /**
     * No password, no encryption; connecting within 2 s, replies within 5 s, 64 connections that are closed after a minute
     * of disuse.
     *
     * @return the defaults
     */
    public static OkqOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sends a password on each new connection; okq itself knows none.
     *
     * @param word the password
     * @return the options with it
     */
    public OkqOptions withPassword(String word) {
        return new OkqOptions(word, tls, connectTimeout, replyTimeout, connections, idleTimeout);
    }

    /**
     * Encrypts connections, trusting what the JDK trusts; okq itself cannot.
     *
     * @return the options with it
     */
    public OkqOptions withTls() {
        try {
            return withTls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no usual TLS context", e);
        }
    }

    /**
     * Encrypts connections; okq itself cannot.
     *
     * @param context what to trust, and whom to be
     * @return the options with it
     */
    public OkqOptions withTls(SSLContext context) {
        return new OkqOptions(password, context, connectTimeout, replyTimeout, connections, idleTimeout);
    }

    /**
     * How long connecting and replies may take.
     *
     * @param connecting more than zero
     * @param reply more than zero
     * @return the options with it
     */
    public OkqOptions withTimeouts(Duration connecting, Duration reply) {
        return new OkqOptions(password, tls, connecting, reply, connections, idleTimeout);
    }

    /**
     * How many connections there are at most for commands.
     *
     * @param most 1 or more
     * @return the options with it
     */
    public OkqOptions withConnections(int most) {
        return new OkqOptions(password, tls, connectTimeout, replyTimeout, most, idleTimeout);
    }

    ConnectionSettings settings(Protocol protocol) {
        return new ConnectionSettings(
                protocol,
                tls,
                new ConnectionSettings.Times(connectTimeout, replyTimeout, MARGIN, idleTimeout, CHECK_AFTER),
                connections,
                IN_FLIGHT);
    }

    /** Does not show the password. */
    @Override
    public String toString() {
        return "OkqOptions[password " + (password == null ? "none" : "***") + ", TLS " + (tls != null) + ", connect "
                + connectTimeout + ", reply " + replyTimeout + ", connections " + connections + "]";
    }
}
