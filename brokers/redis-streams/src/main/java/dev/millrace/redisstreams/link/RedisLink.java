// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.resp.client.Batch;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.ConnectionSettings;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Pipeline;
import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.Watchdog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/*
 *  a key ──▶ Topology: which server ──▶ its Connections ──▶ the reply
 *                ▲                                             │
 *                └── MOVED: learn, and once more; a server that is gone, or no master: ask anew next time
 *
 * A command that was redirected was not executed, so it is sent again, here. One that was lost with its connection may have
 * been, so whoever asked must decide.
 */
/** The way to the server that holds a key. Nothing that may have been executed is repeated. Thread-safe. */
public final class RedisLink implements AutoCloseable {
    private static final int REDIRECTIONS = 5;
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration CHECK_AFTER = Duration.ofSeconds(1);
    private static final int IN_FLIGHT = 65_536;

    private final Watchdog watchdog = new Watchdog("redis", NanoClock.SYSTEM);
    private final ConnectionSettings settings;
    private final Map<Endpoint, Connections> servers = new ConcurrentHashMap<>();
    private final Map<Endpoint, Connections> sentinels = new ConcurrentHashMap<>();
    private final Topology topology;
    private final String name;
    private volatile boolean closed;

    /**
     * A command and the key that says where it goes.
     *
     * @param <T> what its reply is read as
     * @param key the key
     * @param command the command
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Keyed<T extends @Nullable Object>(byte[] key, Command<T> command) {}

    private RedisLink(RedisOptions options) {
        this.settings = settings(options, options.login());
        this.name = String.join(",", options.addresses());
        this.topology = topology(options);
    }

    private static ConnectionSettings settings(RedisOptions options, RedisOptions.Login login) {
        return new ConnectionSettings(
                new RedisProtocol(login),
                options.tls().orElse(null),
                new ConnectionSettings.Times(
                        options.times().connect(), options.times().reply(), MARGIN, IDLE, CHECK_AFTER),
                options.connections(),
                IN_FLIGHT);
    }

    private Topology topology(RedisOptions options) {
        int port =
                options.kind() == RedisOptions.Kind.SENTINEL ? RedisOptions.SENTINEL_PORT : RedisOptions.DEFAULT_PORT;
        List<Endpoint> endpoints = options.addresses().stream()
                .map(address -> Endpoint.parse(address, port))
                .toList();
        return switch (options.kind()) {
            case SERVER -> new OneServer(endpoints.get(0));
            case CLUSTER -> new Cluster(endpoints, this::connections);
            case SENTINEL -> new Sentinels(options.master().orElseThrow(), endpoints, asSentinel(options));
        };
    }

    /** Sentinels have users of their own, so nobody logs in there. */
    private Function<Endpoint, Connections> asSentinel(RedisOptions options) {
        ConnectionSettings silent = settings(options, new RedisOptions.Login(null, null, 0));
        return sentinel -> sentinels.computeIfAbsent(sentinel, at -> Connections.to(at, silent, watchdog));
    }

    /**
     * Connects.
     *
     * @param options where, and how
     * @return the link
     * @throws RedisConnectionException if no server is there
     */
    public static RedisLink open(RedisOptions options) {
        RedisLink link = new RedisLink(options);
        link.watchdog.started();
        try {
            link.masters().forEach(master -> link.connections(master).connectNow());
            return link;
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /**
     * Where this link begins, for messages.
     *
     * @return addresses as they were given
     */
    public String name() {
        return name;
    }

    private Connections connections(Endpoint server) {
        if (closed) {
            throw new IllegalStateException("the connections to Redis at " + name + " are closed");
        }
        return servers.computeIfAbsent(server, at -> Connections.to(at, settings, watchdog));
    }

    /**
     * Sends a command to the server that holds a key, and waits for its reply.
     *
     * @param <T> what the reply is read as
     * @param key the key
     * @param command the command
     * @return what the reply says
     */
    public <T extends @Nullable Object> T call(byte[] key, Command<T> command) {
        for (int redirections = 0; ; redirections++) {
            Endpoint node = topology.nodeOf(key);
            try {
                return connections(node).call(command);
            } catch (RedisServerException e) {
                Redirect redirect = redirect(e, node);
                if (redirect == null || redirections == REDIRECTIONS) {
                    throw e;
                }
                if (redirect.once()) {
                    return ask(redirect.node(), command);
                }
            } catch (RedisConnectionException e) {
                doubt(e);
                throw e;
            }
        }
    }

    private @Nullable Redirect redirect(RedisServerException error, Endpoint node) {
        Optional<Redirect> redirect = Redirect.of(error, node);
        redirect.filter(moved -> !moved.once()).ifPresent(moved -> topology.moved(moved.slot(), moved.node()));
        if (redirect.isEmpty() && error.helpsLater()) {
            topology.doubt();
        }
        return redirect.orElse(null);
    }

    private void doubt(RedisConnectionException error) {
        if (!error.isInterrupted()) {
            topology.doubt();
        }
    }

    private <T extends @Nullable Object> T ask(Endpoint node, Command<T> command) {
        Connections there = connections(node);
        Command<String> asking = Command.of(new CommandArguments(Verb.ASKING), (reply, server) -> Replies.text(reply));
        return there.using(command, wire -> {
            there.begin(wire, command);
            wire.call(asking);
            return wire.call(command);
        });
    }

    /**
     * Sends commands to the servers that hold their keys, without waiting for each.
     *
     * @param <T> what a reply is read as
     * @param commands of one kind; their replies are never null
     * @return one reply for each, in their order; an error is the reply to its command
     */
    public <T> List<Reply<T>> all(List<Keyed<T>> commands) {
        Map<Endpoint, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < commands.size(); i++) {
            Endpoint node = topology.nodeOf(commands.get(i).key());
            places.computeIfAbsent(node, unknown -> new ArrayList<>()).add(i);
        }
        List<@Nullable Reply<T>> replies = new ArrayList<>(java.util.Collections.nCopies(commands.size(), null));
        places.forEach((node, indexes) -> {
            List<Command<T>> some =
                    indexes.stream().map(i -> commands.get(i).command()).toList();
            List<Reply<T>> answers = Batch.run(connections(node), some);
            for (int i = 0; i < answers.size(); i++) {
                replies.set(indexes.get(i), settled(commands.get(indexes.get(i)), answers.get(i), node));
            }
        });
        return replies.stream().map(java.util.Objects::requireNonNull).toList();
    }

    /** The reply, or that of the node to which it was redirected. */
    private <T> Reply<T> settled(Keyed<T> command, Reply<T> reply, Endpoint node) {
        if (reply.error() instanceof RedisConnectionException lost) {
            doubt(lost);
        }
        if (!(reply.error() instanceof RedisServerException error) || redirect(error, node) == null) {
            return reply;
        }
        try {
            return new Reply<>(call(command.key(), command.command()), null);
        } catch (RuntimeException e) {
            return new Reply<>(null, e);
        }
    }

    /**
     * What keys must have in common to be named in one command.
     *
     * @param node the server that holds them
     * @param slot their slot in a cluster; the same for all keys elsewhere
     */
    public record Line(Endpoint node, int slot) {}

    /**
     * Where a key is now.
     *
     * @param key the key
     * @return its server and slot
     */
    public Line lineOf(byte[] key) {
        return new Line(topology.nodeOf(key), topology.slotOf(key));
    }

    /**
     * A connection of its own, for commands that wait at the server; they fail when their keys move.
     *
     * @param line where to
     * @return the pipeline; the caller closes it
     */
    public Pipeline pipeline(Line line) {
        return new Pipeline(connections(line.node()));
    }

    /**
     * Takes in what a command over a {@link #pipeline} failed with.
     *
     * @param error what was thrown
     * @param line where it was sent
     */
    public void failed(Throwable error, Line line) {
        if (error instanceof RedisServerException refused) {
            redirect(refused, line.node());
        } else if (error instanceof RedisConnectionException lost) {
            doubt(lost);
        }
    }

    /**
     * All servers that hold keys.
     *
     * @return at least one
     */
    public Set<Endpoint> masters() {
        return topology.masters();
    }

    /**
     * Sends a command on a connection that is used for another first: for WAIT, which speaks of what its connection wrote.
     *
     * @param <T> what the first reply is read as
     * @param <U> what the second reply is read as
     * @param key the key of the first command
     * @param first the first command
     * @param second the second command
     * @param joined what comes of both
     * @param <R> of which type that is
     * @return what comes of both
     */
    public <T, U, R> R inTurn(
            byte[] key, Command<T> first, Command<U> second, java.util.function.BiFunction<T, U, R> joined) {
        for (int redirections = 0; ; redirections++) {
            Endpoint node = topology.nodeOf(key);
            Connections there = connections(node);
            try {
                return there.using(first, wire -> {
                    there.begin(wire, first);
                    T one = wire.call(first);
                    there.extend(wire, second);
                    return joined.apply(one, wire.call(second));
                });
            } catch (RedisServerException e) {
                Redirect redirect = redirect(e, node);
                if (redirect == null || redirect.once() || redirections == REDIRECTIONS) {
                    throw e;
                }
            } catch (RedisConnectionException e) {
                doubt(e);
                throw e;
            }
        }
    }

    /**
     * Names are sent in UTF-8.
     *
     * @param text a name
     * @return its bytes
     */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Ends all commands that are under way; closing again is harmless. */
    @Override
    public void close() {
        closed = true;
        servers.values().forEach(Connections::close);
        sentinels.values().forEach(Connections::close);
        watchdog.close();
    }
}
