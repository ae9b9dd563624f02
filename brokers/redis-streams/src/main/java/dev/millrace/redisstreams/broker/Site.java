// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.link.LuaScript;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Reader;
import dev.millrace.resp.client.Replies;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Where a broker keeps its jobs: what all its parts share. Thread-safe. */
final class Site implements AutoCloseable {
    private static final int MOST_KNOWN = 100_000;
    private static final String BY_REDIS = "-1";

    private final RedisLink link;
    private final Terms terms;
    private final Map<QueueName, QueueKeys> keys = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * What a broker was told.
     *
     * @param prefix what all keys begin with
     * @param group which group works
     * @param durability how many copies there must be before a job counts as stored
     * @param clocks what tells the time
     */
    record Terms(String prefix, String group, Durability durability, Clocks clocks) {}

    /**
     * What tells the time.
     *
     * @param here the clock of this machine, for the account of leases that is kept here
     * @param given in the place of the clock of Redis, for tests; null for that
     * @param steady by which waits are measured, in nanoseconds
     */
    record Clocks(InstantSource here, @Nullable InstantSource given, LongSupplier steady) {}

    Site(RedisLink link, Terms terms) {
        this.link = link;
        this.terms = terms;
    }

    RedisLink link() {
        return link;
    }

    Terms terms() {
        return terms;
    }

    InstantSource clock() {
        return terms.clocks().here();
    }

    /** The steady clock, by which waits are measured. */
    long nanos() {
        return terms.clocks().steady().getAsLong();
    }

    QueueKeys keys(QueueName queue) {
        if (keys.size() > MOST_KNOWN) {
            keys.clear();
        }
        return keys.computeIfAbsent(queue, name -> QueueKeys.of(terms.prefix(), name, terms.group()));
    }

    void checkOpen() {
        if (closed) {
            throw BrokerException.lasting("the broker redis://" + link.name() + " is closed", null);
        }
    }

    /** A step with what every step is told. */
    <T> Step<T> step(Script script, QueueName queue, Reader<T> reader) {
        InstantSource given = terms.clocks().given();
        return new Step<>(script, keys(queue), reader)
                .add(terms.group())
                .add(given == null ? BY_REDIS : Long.toString(given.millis()));
    }

    <T> T run(Step<T> step) {
        Keyed<T> known = step.known();
        try {
            return link.call(known.key(), known.command());
        } catch (RedisServerException e) {
            if (!LuaScript.isUnknown(e)) {
                throw e;
            }
            Keyed<T> whole = step.whole();
            return link.call(whole.key(), whole.command());
        }
    }

    <T> List<Reply<T>> runAll(List<Step<T>> steps) {
        if (steps.size() == 1) {
            return List.of(told(() -> run(steps.get(0))));
        }
        List<Reply<T>> replies =
                new ArrayList<>(link.all(steps.stream().map(Step::known).toList()));
        for (int i = 0; i < replies.size(); i++) {
            if (LuaScript.isUnknown(replies.get(i).error())) {
                Step<T> step = steps.get(i);
                replies.set(i, told(() -> run(step)));
            }
        }
        return replies;
    }

    private static <T> Reply<T> told(Supplier<T> call) {
        try {
            return new Reply<>(call.get(), null);
        } catch (RedisException e) {
            return new Reply<>(null, e);
        }
    }

    /** Runs a step that stores jobs, and waits until there are as many copies as are asked for. */
    <T> T runSafely(Step<T> step) {
        Durability durability = terms.durability();
        if (durability.replicas() == 0) {
            return run(step);
        }
        try {
            return copied(step.known(), durability);
        } catch (RedisServerException e) {
            if (!LuaScript.isUnknown(e)) {
                throw e;
            }
            return copied(step.whole(), durability);
        }
    }

    private <T> T copied(Keyed<T> stored, Durability durability) {
        CommandArguments wait = new CommandArguments(Verb.WAIT)
                .add(durability.replicas())
                .add(durability.patience().toMillis());
        Command<Long> command = new Command<>(
                wait,
                (reply, server) -> Replies.number(reply),
                new Command.Patience(durability.patience().toMillis(), false));
        return link.inTurn(stored.key(), stored.command(), command, (reply, copies) -> {
            if (copies < durability.replicas()) {
                throw new RedisConnectionException(
                        true,
                        false,
                        "the jobs are stored, but only " + copies + " of " + durability.replicas()
                                + " replicas have them after "
                                + durability.patience().toMillis()
                                + " ms; a failover may lose them",
                        null);
            }
            return reply;
        });
    }

    @Override
    public void close() {
        closed = true;
        link.close();
    }
}
