// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Replies;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.util.JedisClusterCRC16;

/*
 * The table of slots is read at the first key, and again when a node could not be reached; between those it learns from
 * each MOVED. Any node answers; those known from the last table are asked after the seeds.
 */
/** The nodes of a cluster. */
final class Cluster implements Topology {
    private static final int SLOTS = 16_384;
    private static final int MASTER = 2;

    private final Set<Endpoint> seeds;
    private final Function<Endpoint, Connections> connections;
    private final AtomicReferenceArray<@Nullable Endpoint> table = new AtomicReferenceArray<>(SLOTS);
    private volatile boolean doubtful = true;

    Cluster(List<Endpoint> seeds, Function<Endpoint, Connections> connections) {
        this.seeds = new LinkedHashSet<>(seeds);
        this.connections = connections;
    }

    @Override
    public int slotOf(byte[] key) {
        return JedisClusterCRC16.getSlot(key);
    }

    @Override
    public Endpoint nodeOf(byte[] key) {
        if (doubtful) {
            learn();
        }
        int slot = slotOf(key);
        Endpoint node = table.get(slot);
        if (node == null) {
            doubtful = true;
            throw new RedisConnectionException(
                    false, false, "no node of the cluster " + seeds + " serves slot " + slot, null);
        }
        return node;
    }

    private void learn() {
        Set<Endpoint> asked = new LinkedHashSet<>(seeds);
        asked.addAll(known());
        RedisException last = null;
        for (Endpoint node : asked) {
            try {
                connections.apply(node).call(slots());
                doubtful = false;
                return;
            } catch (RedisException e) {
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
            }
        }
        throw new RedisConnectionException(
                false, false, "no node of the cluster " + asked + " tells where its slots are", last);
    }

    private Command<Integer> slots() {
        CommandArguments arguments = new CommandArguments(Verb.CLUSTER).add("SLOTS");
        return Command.of(arguments, (reply, server) -> {
            List<?> ranges = Replies.list(reply);
            for (Object range : ranges) {
                List<?> parts = Replies.list(range);
                List<?> master = Replies.list(parts.get(MASTER));
                String host = master.get(0) == null ? "" : Replies.text(master.get(0));
                Endpoint node = new Endpoint(host.isEmpty() ? server.host() : host, Replies.smallNumber(master.get(1)));
                for (int slot = Replies.smallNumber(parts.get(0)); slot <= Replies.smallNumber(parts.get(1)); slot++) {
                    table.set(slot, node);
                }
            }
            return ranges.size();
        });
    }

    private Set<Endpoint> known() {
        return IntStream.range(0, SLOTS)
                .mapToObj(table::get)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Set<Endpoint> masters() {
        if (doubtful) {
            learn();
        }
        return known();
    }

    @Override
    public void doubt() {
        doubtful = true;
    }

    @Override
    public void moved(int slot, Endpoint node) {
        table.set(slot, node);
    }
}
