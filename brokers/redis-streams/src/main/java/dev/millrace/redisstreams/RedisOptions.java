// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to talk to it. Immutable and thread-safe: each {@code with} gives another one.
 *
 * <p>Redis and Valkey of 7.0 or newer: one server, the master that sentinels name, or a cluster.
 */
public final class RedisOptions {
    /** The port of Redis: {@value}. */
    public static final int DEFAULT_PORT = 6379;

    /** The port of a sentinel: {@value}. */
    public static final int SENTINEL_PORT = 26_379;

    private final Kind kind;
    private final List<String> addresses;
    private final @Nullable String master;
    private final Login login;
    private final Times times;
    private final int connections;
    private final @Nullable SSLContext tls;

    /** What stands at the addresses. */
    public enum Kind {
        /** One server. */
        SERVER,
        /** Sentinels, who know where the master is. */
        SENTINEL,
        /** Some nodes of a cluster. */
        CLUSTER
    }

    /**
     * Who logs in, and what is selected.
     *
     * @param user the name; null for the default user
     * @param password the password; null for none
     * @param database the number of the database; 0 on a cluster
     */
    public record Login(@Nullable String user, @Nullable String password, int database) {
        /** Checks the number. */
        public Login {
            if (database < 0) {
                throw new IllegalArgumentException("database " + database + " is out of range; give 0 or more");
            }
        }

        /** Does not show the password. */
        @Override
        public String toString() {
            return (user == null ? "default user" : user) + ", database " + database;
        }
    }

    /**
     * How long things may take.
     *
     * @param connect connecting
     * @param reply a reply, beyond what the server was told to wait
     */
    public record Times(Duration connect, Duration reply) {
        /** Checks the lengths. */
        public Times {
            positive("the connect timeout", connect);
            positive("the reply timeout", reply);
        }

        private static void positive(String what, Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(what + " " + value + " is out of range; give more than zero");
            }
        }
    }

    private RedisOptions(Where where, Login login, Times times, int connections, @Nullable SSLContext tls) {
        this.kind = where.kind();
        this.addresses = where.addresses();
        this.master = where.master();
        this.login = login;
        this.times = times;
        this.connections = connections;
        this.tls = tls;
    }

    private record Where(
            Kind kind, List<String> addresses, @Nullable String master) {
        Where {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("no address of Redis was given; give host or host:port");
            }
        }
    }

    private static RedisOptions at(Where where) {
        return new RedisOptions(
                where, new Login(null, null, 0), new Times(Duration.ofSeconds(2), Duration.ofSeconds(5)), 64, null);
    }

    /**
     * One server, with the defaults: no password, database 0, connecting within 2 s, replies within 5 s, 64 connections.
     *
     * @param address {@code host}, {@code host:port}, {@code [IPv6 address]:port} or {@code unix:/path}
     * @return the options
     */
    public static RedisOptions server(String address) {
        return at(new Where(Kind.SERVER, List.of(address), null));
    }

    /**
     * The master that sentinels name, found anew after a failover.
     *
     * @param master its name among the sentinels
     * @param addresses of sentinels; one that answers is enough
     * @return the options, otherwise with the defaults
     */
    public static RedisOptions sentinel(String master, List<String> addresses) {
        return at(new Where(Kind.SENTINEL, addresses, master));
    }

    /**
     * A cluster.
     *
     * @param addresses of some of its nodes; one that answers is enough
     * @return the options, otherwise with the defaults
     */
    public static RedisOptions cluster(List<String> addresses) {
        return at(new Where(Kind.CLUSTER, addresses, null));
    }

    private Where where() {
        return new Where(kind, addresses, master);
    }

    /**
     * Logs in and selects a database on each new connection.
     *
     * @param who the login
     * @return the options with it
     */
    public RedisOptions withLogin(Login who) {
        if (kind == Kind.CLUSTER && who.database() != 0) {
            throw new IllegalArgumentException(
                    "database " + who.database() + " cannot be had: a cluster has database 0 only");
        }
        return new RedisOptions(where(), who, times, connections, tls);
    }

    /**
     * Logs in as the default user.
     *
     * @param password the password
     * @return the options with it
     */
    public RedisOptions withPassword(String password) {
        return withLogin(new Login(null, password, login.database()));
    }

    /**
     * How long connecting and replies may take.
     *
     * @param chosen both
     * @return the options with them
     */
    public RedisOptions withTimes(Times chosen) {
        return new RedisOptions(where(), login, chosen, connections, tls);
    }

    /**
     * How many connections there are at most to one server, beside those of consumers that wait.
     *
     * @param most 1 or more
     * @return the options with it
     */
    public RedisOptions withConnections(int most) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "the number of connections " + most + " is out of range; give 1 or more");
        }
        return new RedisOptions(where(), login, times, most, tls);
    }

    /**
     * Encrypts connections, trusting what the JDK trusts.
     *
     * @return the options with it
     */
    public RedisOptions withTls() {
        try {
            return withTls(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no usual TLS context", e);
        }
    }

    /**
     * Encrypts connections and checks the names of hosts.
     *
     * @param context what to trust, and whom to be
     * @return the options with it
     */
    public RedisOptions withTls(SSLContext context) {
        return new RedisOptions(where(), login, times, connections, context);
    }

    /**
     * What stands at the addresses.
     *
     * @return one server, sentinels, or nodes of a cluster
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Where to begin.
     *
     * @return at least one address
     */
    public List<String> addresses() {
        return addresses;
    }

    /**
     * The name of the master among the sentinels.
     *
     * @return empty if there are no sentinels
     */
    public Optional<String> master() {
        return Optional.ofNullable(master);
    }

    /**
     * Who logs in, and what is selected.
     *
     * @return the login
     */
    public Login login() {
        return login;
    }

    /**
     * How long things may take.
     *
     * @return the times
     */
    public Times times() {
        return times;
    }

    /**
     * How many connections there are at most to one server.
     *
     * @return 1 or more
     */
    public int connections() {
        return connections;
    }

    /**
     * What encrypts connections.
     *
     * @return empty for none
     */
    public Optional<SSLContext> tls() {
        return Optional.ofNullable(tls);
    }

    /** Shows addresses, never the password. */
    @Override
    public String toString() {
        return "RedisOptions[" + kind + " " + String.join(",", addresses) + (master == null ? "" : " " + master) + ", "
                + login + ", TLS " + (tls != null) + "]";
    }
}
