// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** How the queues stand: AMQP tells of each how many lie ready, and nothing else. */
final class Looking {
    private final Site site;

    Looking(Site site) {
        this.site = site;
    }

    List<QueueStatus> queues() {
        site.rest();
        Set<String> all = site.registry().names();
        Set<String> origins = new TreeSet<>();
        all.forEach(name -> Terms.origin(name).ifPresent(origins::add));
        List<QueueStatus> found = new ArrayList<>();
        for (String queue : origins) {
            long ready = all.contains(queue) ? count(queue) : 0;
            String dead = Terms.deadOf(queue);
            long buried = all.contains(dead) ? count(dead) : 0;
            if (ready > 0 || buried > 0) {
                found.add(status(queue, ready, buried));
            }
        }
        return found;
    }

    private long count(String queue) {
        return site.queues().counts(queue).orElse(0L);
    }

    private static QueueStatus status(String queue, long ready, long dead) {
        return new QueueStatus(
                Terms.name(queue),
                OptionalLong.of(ready),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(dead),
                Optional.empty(),
                Pause.NONE);
    }
}
