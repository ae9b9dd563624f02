// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Pause;
import dev.millrace.broker.Settled;
import dev.millrace.job.QueueName;
import dev.millrace.resp.client.Replies;
import java.util.List;

/** Manages queues. What may be much goes in several steps, so that Redis is not held up. */
final class Housework {
    private static final String DEAD_LETTERS_OF_ANY_ID = "";

    private final Site site;
    private final Registry registry;

    Housework(Site site, Registry registry) {
        this.site = site;
        this.registry = registry;
    }

    /** Pauses a queue; what it was told, for callers that want a value. */
    Pause pause(QueueName queue, Pause pause) {
        registry.write(List.of(queue));
        site.run(site.step(Script.PAUSE, queue, (reply, server) -> Replies.number(reply))
                .add(pause.name()));
        return pause;
    }

    long purge(QueueName queue) {
        return repeat(Script.PURGE, queue);
    }

    long purgeDead(QueueName queue) {
        return repeat(Script.PURGE_DEAD, queue);
    }

    private long repeat(Script script, QueueName queue) {
        long count = 0;
        while (true) {
            List<Long> reply =
                    site.run(site.step(script, queue, (said, server) -> Replies.list(said, Replies::number)));
            count += reply.get(0);
            if (reply.get(1) == 0) {
                return count;
            }
        }
    }

    long redrive(QueueName queue, int max) {
        long count = 0;
        while (count < max) {
            long some = redriven(queue, max - count, DEAD_LETTERS_OF_ANY_ID);
            if (some == 0) {
                break;
            }
            count += some;
        }
        return count;
    }

    private long redriven(QueueName queue, long max, String letter) {
        return site.run(site.step(Script.REDRIVE, queue, (reply, server) -> Replies.number(reply))
                .add(max)
                .add(letter));
    }

    Settled end(QueueName queue, String first) {
        return settled(site.run(site.step(Script.END, queue, (reply, server) -> Replies.number(reply))
                .add(first)));
    }

    Settled ready(QueueName queue, String first) {
        Object reply = site.run(site.step(
                        Script.READY,
                        queue,
                        (said, server) -> said instanceof byte[] ? Replies.text(said) : Replies.number(said))
                .add(first));
        return settled(reply instanceof String letter ? redriven(queue, 1, letter) : (Long) reply);
    }

    private static Settled settled(long known) {
        return known > 0 ? Settled.CONFIRMED : Settled.LOST;
    }
}
