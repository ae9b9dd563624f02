// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.link.Uninterrupted;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.util.List;
import java.util.function.Supplier;

/**
 * The broker on RabbitMQ. What it guarantees and what it costs is in {@code docs/amqp.md}. Thread-safe.
 *
 * <p>Made by {@link AmqpBrokerBuilder}, or by a URL: {@code amqp://user:password@host:5672/vhost}.
 */
public final class AmqpBroker implements Broker, Inspectable, Administrable {
    private final Site site;
    private final Capabilities capabilities;
    private final Sending sending;
    private final Looking looking;
    private final Housework housework;

    AmqpBroker(Site site) {
        this.site = site;
        this.capabilities = Terms.capabilities(site.kind());
        this.sending = new Sending(site);
        this.looking = new Looking(site);
        this.housework = new Housework(site);
    }

    /**
     * Begins a broker.
     *
     * @return a builder with the defaults
     */
    public static AmqpBrokerBuilder builder() {
        return new AmqpBrokerBuilder();
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        site.checkOpen();
        jobs.forEach(job -> capabilities.check(name(), job));
        return Failures.told(() -> sending.send(jobs));
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        return asked(() -> {
            AmqpReceiver receiver = new AmqpReceiver(site, wanted);
            site.opened(receiver);
            return receiver;
        });
    }

    @Override
    public List<QueueStatus> queues() {
        return asked(looking::queues);
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        throw onlyCounts("jobs", queue);
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        throw onlyCounts("dead letters", queue);
    }

    private UnsupportedFeatureException onlyCounts(String what, QueueName queue) {
        site.checkOpen();
        return new UnsupportedFeatureException(name(), "a look at " + what, "queue " + queue);
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        site.checkOpen();
        throw new UnsupportedFeatureException(name(), "pause", "queue " + queue);
    }

    /**
     * Throws away all jobs of a queue that are ready. Those that wait, wait among jobs of other queues and cannot be reached:
     * they stay.
     */
    @Override
    public long purge(QueueName queue) {
        return asked(() -> housework.purge(queue.value()));
    }

    @Override
    public long purgeDead(QueueName queue) {
        return asked(() -> housework.purge(Terms.deadOf(queue.value())));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> housework.redrive(queue.value(), max));
    }

    /**
     * Whether somebody may have had a delivery before that was never settled: its worker died, lost its connection, or never
     * began with it.
     *
     * @param delivery one of this broker
     * @return true if the server says so
     */
    public static boolean isRedelivered(Delivery delivery) {
        return delivery.tag() instanceof AmqpTag tag && tag.message().redelivered();
    }

    private <T> T asked(Supplier<T> question) {
        site.checkOpen();
        return Failures.told(question);
    }

    @Override
    public void close() {
        Uninterrupted.get(() -> {
            site.close();
            return true;
        });
    }

    @Override
    public String toString() {
        return "AmqpBroker[" + name() + "]";
    }
}
