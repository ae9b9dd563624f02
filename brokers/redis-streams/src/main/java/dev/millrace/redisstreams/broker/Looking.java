// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.JobState;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Replies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Looks into queues. */
final class Looking {
    private final Site site;
    private final Registry registry;

    Looking(Site site, Registry registry) {
        this.site = site;
        this.registry = registry;
    }

    List<QueueStatus> queues() {
        List<QueueName> names = registry.read();
        List<Step<Optional<QueueStatus>>> steps =
                names.stream().map(this::status).toList();
        List<QueueStatus> queues = new ArrayList<>();
        for (Reply<Optional<QueueStatus>> reply : site.runAll(steps)) {
            reply.orThrow().ifPresent(queues::add);
        }
        return queues;
    }

    /** How a queue stands; empty if it holds nothing and is not paused. */
    private Step<Optional<QueueStatus>> status(QueueName queue) {
        return site.step(Script.STATUS, queue, (reply, server) -> {
            List<?> parts = Replies.list(reply);
            Pause pause = Pause.valueOf(Replies.text(parts.get(6)));
            boolean empty = parts.subList(0, 4).stream().allMatch(count -> Replies.number(count) == 0);
            if (empty && pause == Pause.NONE) {
                return Optional.empty();
            }
            long oldest = Replies.number(parts.get(4));
            return Optional.of(new QueueStatus(
                    queue,
                    count(parts.get(0)),
                    count(parts.get(1)),
                    count(parts.get(2)),
                    count(parts.get(3)),
                    oldest < 0 ? Optional.empty() : Optional.of(age(Replies.number(parts.get(5)) - oldest)),
                    pause));
        });
    }

    private static OptionalLong count(@Nullable Object reply) {
        return OptionalLong.of(Replies.number(reply));
    }

    private static Duration age(long millis) {
        return Duration.ofMillis(Math.max(0, millis));
    }

    List<Glimpse> peek(QueueName queue, int max) {
        Step<List<Glimpse>> step = site.step(
                        Script.PEEK, queue, (reply, server) -> Replies.list(reply, entry -> ready(queue, entry)))
                .add(max);
        return site.run(step);
    }

    private static Glimpse ready(QueueName queue, @Nullable Object reply) {
        List<?> parts = Replies.list(reply);
        String entry = Replies.text(parts.get(0));
        Fields fields = Fields.of(parts.get(2), parts.get(3));
        return new Glimpse(
                Ids.id(fields.first(entry), queue),
                queue,
                JobState.READY,
                fields.payload(),
                fields.headers(),
                Replies.smallNumber(parts.get(1)),
                Optional.empty(),
                fields.enqueuedAt(entry));
    }

    List<Glimpse> dead(QueueName queue, int max) {
        QueueKeys keys = site.keys(queue);
        CommandArguments arguments = new CommandArguments(Verb.XRANGE)
                .add(keys.dead())
                .add("-")
                .add("+")
                .add("COUNT")
                .add(max);
        return site.link()
                .call(
                        keys.stream(),
                        Command.of(arguments, (reply, server) -> Replies.list(reply, letter -> dead(queue, letter))));
    }

    private static Glimpse dead(QueueName queue, @Nullable Object reply) {
        List<?> parts = Replies.list(reply);
        String entry = Replies.text(parts.get(0));
        Fields fields = Fields.of(parts.get(1), null);
        return new Glimpse(
                Ids.id(fields.first(entry), queue),
                queue,
                JobState.DEAD,
                fields.payload(),
                fields.headers(),
                fields.attempts(),
                Optional.empty(),
                fields.enqueuedAt(entry));
    }

    Optional<Glimpse> show(JobId id, QueueName queue, String first) {
        Step<Optional<Glimpse>> step = site.step(
                        Script.SHOW,
                        queue,
                        (reply, server) -> reply == null
                                ? Optional.<Glimpse>empty()
                                : shown(id, queue, first, Replies.list(reply)))
                .add(first);
        return site.run(step);
    }

    private static Optional<Glimpse> shown(JobId id, QueueName queue, String first, List<?> parts) {
        Fields fields = Fields.of(parts.get(3), parts.get(4));
        long due = Long.parseLong(Replies.text(parts.get(2)));
        return Optional.of(new Glimpse(
                id,
                queue,
                JobState.valueOf(Replies.text(parts.get(0))),
                fields.payload(),
                fields.headers(),
                Replies.smallNumber(parts.get(1)),
                due < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)),
                fields.enqueuedAt(first)));
    }

    /** The queue of an id. */
    Optional<QueueName> queueOf(Ids id) {
        if (!id.isHashed()) {
            return Optional.of(new QueueName(id.queue()));
        }
        return id.among(registry.read());
    }
}
