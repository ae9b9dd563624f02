// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.RedisOptions.Kind;
import dev.millrace.redisstreams.RedisOptions.Login;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.ConnectionSettings;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.Watchdog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;

/** The connections of a link to all its servers, each made when it is needed. Thread-safe. */
final class Servers implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration CHECK_AFTER = Duration.ofSeconds(1);
    private static final int IN_FLIGHT = 65_536;

    private static final Command<String> INFO =
            Command.of(new CommandArguments(Verb.INFO).add("server"), (reply, server) -> Replies.text(reply));

    private final Watchdog watchdog = new Watchdog("redis", NanoClock.SYSTEM);
    private final Map<Endpoint, Connections> servers = new ConcurrentHashMap<>();
    private final Map<Endpoint, Connections> sentinels = new ConcurrentHashMap<>();
    private final Map<Endpoint, ServerVersion> versions = new ConcurrentHashMap<>();
    private final RedisOptions options;
    private volatile boolean closed;

    Servers(RedisOptions options) {
        this.options = options;
        watchdog.started();
    }

    /** The addresses as they were given, for messages. */
    String name() {
        return String.join(",", options.addresses());
    }

    private ConnectionSettings settings(Login login) {
        return new ConnectionSettings(
                new RedisProtocol(login),
                options.tls().orElse(null),
                new ConnectionSettings.Times(
                        options.times().connect(), options.times().reply(), MARGIN, IDLE, CHECK_AFTER),
                options.connections(),
                IN_FLIGHT);
    }

    /** Which of them hold keys, and which keys. */
    Topology topology() {
        int port = options.kind() == Kind.SENTINEL ? RedisOptions.SENTINEL_PORT : RedisOptions.DEFAULT_PORT;
        List<Endpoint> endpoints = options.addresses().stream()
                .map(address -> Endpoint.parse(address, port))
                .toList();
        return switch (options.kind()) {
            case SERVER -> new OneServer(endpoints.get(0));
            case CLUSTER -> new Cluster(endpoints, this::at);
            case SENTINEL -> new Sentinels(options.master().orElseThrow(), endpoints, this::sentinel);
        };
    }

    Connections at(Endpoint server) {
        if (closed) {
            throw new IllegalStateException("the connections to Redis at " + name() + " are closed");
        }
        return servers.computeIfAbsent(server, where -> Connections.to(where, settings(options.login()), watchdog));
    }

    /** Sentinels have users of their own, so nobody logs in there. */
    private Connections sentinel(Endpoint server) {
        return sentinels.computeIfAbsent(
                server, where -> Connections.to(where, settings(new Login(null, null, 0)), watchdog));
    }

    /** Which Redis a server is; one that may not be asked is not known to have anything new. */
    ServerVersion version(Endpoint server) {
        ServerVersion known = versions.get(server);
        if (known != null) {
            return known;
        }
        ServerVersion said;
        try {
            said = ServerVersion.of(at(server).call(INFO));
        } catch (RedisServerException e) {
            if (e.helpsLater()) {
                throw e;
            }
            said = ServerVersion.UNKNOWN;
        }
        versions.put(server, said);
        return said;
    }

    /** Servers may have been replaced by newer or older ones. */
    void forgetVersions() {
        versions.clear();
    }

    @Override
    public void close() {
        closed = true;
        servers.values().forEach(Connections::close);
        sentinels.values().forEach(Connections::close);
        watchdog.close();
    }
}
