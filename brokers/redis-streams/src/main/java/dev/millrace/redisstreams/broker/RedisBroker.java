// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The broker on Redis Streams. What it guarantees and what it costs is in {@code docs/redis.md}. Thread-safe.
 *
 * <p>Made by {@link RedisBrokerBuilder}, or by a URL: {@code redis://host:port}.
 */
public final class RedisBroker implements Broker, Addressable, Inspectable, Administrable {
    private final String name;
    private final Site site;
    private final Sending sending;
    private final Looking looking;
    private final Housework housework;

    RedisBroker(String name, Site site) {
        this.name = name;
        this.site = site;
        Registry registry = new Registry(site.link(), site.conditions().prefix());
        this.sending = new Sending(site, registry);
        this.looking = new Looking(site, registry);
        this.housework = new Housework(site, registry);
    }

    /**
     * Begins a broker.
     *
     * @return a builder with the defaults
     */
    public static RedisBrokerBuilder builder() {
        return new RedisBrokerBuilder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return Terms.CAPABILITIES;
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        site.checkOpen();
        jobs.forEach(job -> Terms.CAPABILITIES.check(name, job));
        return jobs.isEmpty() ? List.of() : asked(() -> sending.send(jobs));
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        site.checkOpen();
        return new RedisReceiver(site, wanted);
    }

    @Override
    public Settled ack(JobId id) {
        return addressed(id, housework::end).orElse(Settled.LOST);
    }

    @Override
    public Settled release(JobId id) {
        return addressed(id, housework::ready).orElse(Settled.LOST);
    }

    @Override
    public Optional<Glimpse> show(JobId id) {
        return addressed(id, (queue, first) -> looking.show(id, queue, first)).flatMap(shown -> shown);
    }

    private <T> Optional<T> addressed(JobId id, BiFunction<QueueName, String, T> done) {
        return asked(() ->
                Ids.of(id).flatMap(parts -> looking.queueOf(parts).map(queue -> done.apply(queue, parts.first()))));
    }

    @Override
    public List<QueueStatus> queues() {
        return asked(looking::queues);
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.peek(queue, max));
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.dead(queue, max));
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        asked(() -> housework.pause(queue, pause));
    }

    @Override
    public long purge(QueueName queue) {
        return asked(() -> housework.purge(queue));
    }

    @Override
    public long purgeDead(QueueName queue) {
        return asked(() -> housework.purgeDead(queue));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> housework.redrive(queue, max));
    }

    private <T> T asked(Supplier<T> question) {
        site.checkOpen();
        return Failures.told(question);
    }

    @Override
    public void close() {
        site.close();
    }

    @Override
    public String toString() {
        return "RedisBroker[" + name + "]";
    }
}
