// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.Replication;
import dev.millrace.redisstreams.link.LuaScript;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command.Reader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a broker keeps its jobs: what all its parts share. Thread-safe. */
final class Site implements AutoCloseable {
    private static final int MOST_KNOWN = 100_000;
    private static final String BY_REDIS = "-1";

    private final RedisLink link;
    private final Conditions conditions;
    private final Map<QueueName, QueueKeys> keys = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * What a broker was told.
     *
     * @param prefix what all keys begin with
     * @param group which group works
     * @param replication how many copies there must be before a job counts as stored
     * @param clocks what tells the time
     */
    record Conditions(String prefix, String group, Replication replication, Clocks clocks) {}

    /**
     * What tells the time.
     *
     * @param here the clock of this machine, for the account of leases that is kept here
     * @param given in the place of the clock of Redis, for tests; null for that
     * @param steady by which waits are measured, in nanoseconds
     */
    record Clocks(InstantSource here, @Nullable InstantSource given, LongSupplier steady) {}

    Site(RedisLink link, Conditions conditions) {
        this.link = link;
        this.conditions = conditions;
    }

    RedisLink link() {
        return link;
    }

    Conditions conditions() {
        return conditions;
    }

    InstantSource clock() {
        return conditions.clocks().here();
    }

    /** The steady clock, by which waits are measured. */
    long nanos() {
        return conditions.clocks().steady().getAsLong();
    }

    QueueKeys keys(QueueName queue) {
        if (keys.size() > MOST_KNOWN) {
            keys.clear();
        }
        return keys.computeIfAbsent(queue, name -> QueueKeys.of(conditions.prefix(), name, conditions.group()));
    }

    void checkOpen() {
        if (closed) {
            throw BrokerException.lasting("the broker redis://" + link.name() + " is closed", null);
        }
    }

    /** A step with what every step is told. */
    <T> Step<T> step(Script script, QueueName queue, Reader<T> reader) {
        InstantSource given = conditions.clocks().given();
        return new Step<>(script, keys(queue), reader)
                .add(conditions.group())
                .add(given == null ? BY_REDIS : Long.toString(given.millis()));
    }

    <T> T run(Step<T> step) {
        return LuaScript.hashFirst(step, link::call);
    }

    <T> List<Reply<T>> runAll(List<Step<T>> steps) {
        if (steps.size() == 1) {
            return List.of(told(() -> run(steps.get(0))));
        }
        List<Reply<T>> replies = new ArrayList<>(
                link.all(steps.stream().map(step -> step.written(true)).toList()));
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
        return conditions.replication().replicas() == 0
                ? run(step)
                : LuaScript.hashFirst(step, stored -> link.copied(stored, conditions.replication(), this::checked));
    }

    private <T> T checked(T reply, long copies) {
        Replication wanted = conditions.replication();
        if (copies < wanted.replicas()) {
            throw new RedisConnectionException(
                    true,
                    false,
                    "the jobs are stored, but only " + copies + " of " + wanted.replicas()
                            + " replicas have them after " + wanted.patience().toMillis()
                            + " ms; a failover may lose them",
                    null);
        }
        return reply;
    }

    @Override
    public void close() {
        closed = true;
        link.close();
    }
}
