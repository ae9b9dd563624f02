// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.Replication;
import dev.millrace.resp.client.Batch;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Pipeline;
import dev.millrace.resp.client.Replies;
import dev.millrace.resp.client.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
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
    private static final Command<String> ASKING =
            Command.of(new CommandArguments(Verb.ASKING), (reply, server) -> Replies.text(reply));

    private final Servers servers;
    private final Topology topology;

    /**
     * A command and the key that says where it goes.
     *
     * @param <T> what its reply is read as
     * @param key the key
     * @param command the command
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Keyed<T extends @Nullable Object>(byte[] key, Command<T> command) {}

    private RedisLink(Servers servers, Topology topology) {
        this.servers = servers;
        this.topology = topology;
    }

    /**
     * Connects.
     *
     * @param options where, and how
     * @return the link
     * @throws RedisConnectionException if no server is there
     */
    public static RedisLink open(RedisOptions options) {
        Servers servers = new Servers(options);
        try {
            RedisLink link = new RedisLink(servers, servers.topology());
            link.masters().forEach(master -> servers.at(master).connectNow());
            return link;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /**
     * Where this link begins, for messages.
     *
     * @return addresses as they were given
     */
    public String name() {
        return servers.name();
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
        return following(key, command, (there, wire) -> wire.call(command));
    }

    /**
     * Sends a command to the server that holds its key, and waits for its reply.
     *
     * @param <T> what the reply is read as
     * @param command the command
     * @return what the reply says
     */
    public <T extends @Nullable Object> T call(Keyed<T> command) {
        return call(command.key(), command.command());
    }

    /** What is done with a connection to the server that holds a key. */
    private interface Use<T extends @Nullable Object> {
        T on(Connections there, Wire wire);
    }

    /** Goes to the server that holds a key, and on to where it says that the key is. */
    private <T extends @Nullable Object> T following(byte[] key, Command<?> first, Use<T> use) {
        Endpoint told = null;
        for (int redirections = 0; ; redirections++) {
            Endpoint node = told == null ? topology.nodeOf(key) : told;
            boolean asks = told != null;
            Connections there = servers.at(node);
            try {
                return there.using(first, wire -> {
                    there.begin(wire, first);
                    if (asks) {
                        wire.call(ASKING);
                    }
                    return use.on(there, wire);
                });
            } catch (RedisServerException e) {
                Redirect redirect = redirect(e, node);
                if (redirect == null || redirections == REDIRECTIONS) {
                    throw e;
                }
                told = redirect.once() ? redirect.node() : null;
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
            servers.forgetVersions();
            topology.doubt();
        }
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
            List<Reply<T>> answers = Batch.run(servers.at(node), some);
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
            return new Reply<>(call(command), null);
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
     * Which Redis the server is that holds a key; asked again after connections were lost.
     *
     * @param key the key
     * @return what it says
     */
    public ServerVersion versionAt(byte[] key) {
        return servers.version(topology.nodeOf(key));
    }

    /**
     * A connection of its own, for commands that wait at the server; they fail when their keys move.
     *
     * @param line where to
     * @return the pipeline; the caller closes it
     */
    public Pipeline pipeline(Line line) {
        return new Pipeline(servers.at(line.node()));
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
     * Sends a command, and waits until replicas have what it wrote.
     *
     * @param <T> what the reply is read as
     * @param <R> of which type the result is
     * @param command the command, which writes
     * @param wanted how many replicas, and for how long to wait for them; 1 or more
     * @param joined what comes of the reply and of the number of replicas that have it, which may be too small
     * @return what comes of both
     */
    public <T, R> R copied(Keyed<T> command, Replication wanted, BiFunction<T, Long, R> joined) {
        long millis = wanted.patience().toMillis();
        CommandArguments arguments =
                new CommandArguments(Verb.WAIT).add(wanted.replicas()).add(millis);
        Command<Long> wait =
                new Command<>(arguments, (reply, server) -> Replies.number(reply), new Command.Patience(millis, false));
        return following(command.key(), command.command(), (there, wire) -> {
            T one = wire.call(command.command());
            there.extend(wire, wait);
            return joined.apply(one, wire.call(wait));
        });
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
        servers.close();
    }
}
