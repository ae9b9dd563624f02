// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Replies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.CommandArguments;

/*
 * A queue is written down before anything is stored in it, and again when a stream that should have been there was not: then
 * somebody emptied the server meanwhile.
 */
/** The set of all queues that were ever used. Thread-safe. */
final class Registry {
    private static final int MOST_KNOWN = 100_000;

    private final RedisLink link;
    private final byte[] key;
    private final Set<QueueName> known = ConcurrentHashMap.newKeySet();

    Registry(RedisLink link, String prefix) {
        this.link = link;
        this.key = RedisLink.utf8(prefix + ":queues");
    }

    void write(Collection<QueueName> queues) {
        List<QueueName> fresh =
                queues.stream().filter(name -> !known.contains(name)).distinct().toList();
        if (!fresh.isEmpty()) {
            writeAgain(fresh);
        }
    }

    void writeAgain(Collection<QueueName> queues) {
        CommandArguments arguments = new CommandArguments(Verb.SADD).add(key);
        queues.forEach(name -> arguments.add(name.value()));
        link.call(key, Command.of(arguments, (reply, server) -> Replies.number(reply)));
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        known.addAll(queues);
    }

    List<QueueName> read() {
        CommandArguments arguments = new CommandArguments(Verb.SMEMBERS).add(key);
        List<String> names =
                link.call(key, Command.of(arguments, (reply, server) -> Replies.list(reply, Replies::text)));
        List<QueueName> queues = new ArrayList<>(names.size());
        names.stream().sorted().forEach(name -> queues.add(new QueueName(name)));
        return queues;
    }
}
