// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.link.RedisLink;
import java.util.List;
import java.util.stream.Stream;

/*
 *   millrace:{mail}                     the stream
 *   millrace:{mail}:waiting …           what all groups share
 *   millrace:{mail}:leases:workers …    what one group keeps for itself
 *
 * The braces hold the keys of a queue together in one slot of a cluster, so a queue whose name has braces itself is escaped.
 */
/**
 * The keys of a queue and a group, in the order in which the scripts expect them. Immutable.
 *
 * @param queue which queue
 * @param all the keys; not to be changed
 */
record QueueKeys(QueueName queue, List<byte[]> all) {
    private static final int BELL = 3;
    private static final int DEAD = 11;

    static QueueKeys of(String prefix, QueueName queue, String group) {
        String stream = prefix + ":{" + escaped(queue.value()) + "}";
        Stream<String> shared = Stream.of("waiting", "jobs", "bell", "state", "expiries", "moved", "groups");
        Stream<String> own = Stream.of("leases", "later", "notes", "dead");
        return new QueueKeys(
                queue,
                Stream.of(
                                Stream.of(stream),
                                shared.map(name -> stream + ":" + name),
                                own.map(name -> stream + ":" + name + ":" + group))
                        .flatMap(names -> names)
                        .map(RedisLink::utf8)
                        .toList());
    }

    private static String escaped(String name) {
        return name.replace("%", "%25").replace("{", "%7b").replace("}", "%7d");
    }

    byte[] stream() {
        return all.get(0);
    }

    byte[] bell() {
        return all.get(BELL);
    }

    byte[] dead() {
        return all.get(DEAD);
    }
}
