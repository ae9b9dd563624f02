// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Endpoint;
import dev.millrace.resp.client.Replies;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/*
 * The master is asked for once, and again after it could not be reached or was none any more. The first sentinel that
 * answers is believed: sentinels agree on a failover before any of them names the new master.
 */
/** The master that sentinels name. */
final class Sentinels implements Topology {
    private final String name;
    private final List<Endpoint> sentinels;
    private final Function<Endpoint, Connections> connections;
    private volatile @Nullable Endpoint master;

    Sentinels(String name, List<Endpoint> sentinels, Function<Endpoint, Connections> connections) {
        this.name = name;
        this.sentinels = sentinels;
        this.connections = connections;
    }

    @Override
    public Endpoint nodeOf(byte[] key) {
        Endpoint known = master;
        if (known != null) {
            return known;
        }
        Endpoint found = ask();
        master = found;
        return found;
    }

    private Endpoint ask() {
        RedisException last = null;
        for (Endpoint sentinel : sentinels) {
            try {
                Optional<Endpoint> answer = connections.apply(sentinel).call(question());
                if (answer.isPresent()) {
                    return answer.get();
                }
            } catch (RedisException e) {
                if (last != null) {
                    e.addSuppressed(last);
                }
                last = e;
            }
        }
        throw new RedisConnectionException(
                false,
                false,
                "no sentinel of " + sentinels + " names a master \"" + name + "\"; is that its name there?",
                last);
    }

    private Command<Optional<Endpoint>> question() {
        CommandArguments arguments = new CommandArguments(Verb.SENTINEL)
                .add("get-master-addr-by-name")
                .add(name);
        return Command.of(arguments, (reply, server) -> {
            if (reply == null) {
                return Optional.empty();
            }
            List<String> parts = Replies.list(reply, Replies::text);
            return Optional.of(new Endpoint(parts.get(0), Integer.parseInt(parts.get(1))));
        });
    }

    @Override
    public Set<Endpoint> masters() {
        return Set.of(nodeOf(new byte[0]));
    }

    @Override
    public void doubt() {
        master = null;
    }

    @Override
    public void moved(int slot, Endpoint node) {
        // A master under sentinels has all slots.
    }
}
