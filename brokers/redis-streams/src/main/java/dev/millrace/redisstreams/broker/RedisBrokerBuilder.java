// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.resp.client.NanoClock;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects how a {@link RedisBroker} is to be. Not thread-safe. */
public final class RedisBrokerBuilder {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]+");

    private RedisOptions options = RedisOptions.server("127.0.0.1");
    private String prefix = "millrace";
    private String group = "workers";
    private Replication replication = Replication.NONE;
    private @Nullable InstantSource clock;

    RedisBrokerBuilder() {}

    /**
     * Says where Redis is.
     *
     * @param where the options; the default is one server at {@code 127.0.0.1:6379}
     * @return this builder
     */
    public RedisBrokerBuilder at(RedisOptions where) {
        options = where;
        return this;
    }

    /**
     * Chooses what all keys begin with.
     *
     * @param word letters, digits, {@code _ . -}; the default is {@code millrace}
     * @return this builder
     */
    public RedisBrokerBuilder prefix(String word) {
        prefix = word("prefix", word);
        return this;
    }

    /**
     * Chooses for whom receivers work. Each group gets every job once; a new one begins with the oldest job that is there. A
     * job is removed when all groups are done with it.
     *
     * @param word letters, digits, {@code _ . -}; the default is {@code workers}
     * @return this builder
     */
    public RedisBrokerBuilder group(String word) {
        group = word("group", word);
        return this;
    }

    private static String word(String what, String value) {
        if (!WORD.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + value + "\" is not a word; give letters, digits, _ . or -");
        }
        return value;
    }

    /**
     * Chooses how safe a job must be before its producer is told so.
     *
     * @param copies the default is {@link Replication#NONE}; a producer whose job too few replicas have in time is told that it is
     *     not known whether the job stays
     * @return this builder
     */
    public RedisBrokerBuilder replication(Replication copies) {
        replication = copies;
        return this;
    }

    /**
     * Replaces the clock of Redis, for tests. Everybody who uses the same queues must be given the same one.
     *
     * @param source the clock
     * @return this builder
     */
    public RedisBrokerBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * Connects.
     *
     * @return the broker; the caller closes it
     * @throws BrokerException if no server is there
     */
    public RedisBroker open() {
        RedisLink link = Failures.told(() -> RedisLink.open(options));
        Site.Clocks clocks = new Site.Clocks(clock == null ? InstantSource.system() : clock, clock, NanoClock.SYSTEM);
        return new RedisBroker(
                "redis://" + link.name(), new Site(link, new Site.Conditions(prefix, group, replication, clocks)));
    }
}
