// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

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
import java.util.function.Supplier;

/**
 * The broker on Disque. What it guarantees and what it costs is in {@code docs/disque.md}. Thread-safe.
 *
 * <p>Made by {@link DisqueBrokerBuilder}, or by a URL: {@code disque://host:port,host:port}.
 */
public final class DisqueBroker implements Broker, Addressable, Inspectable, Administrable {
    private final String name;
    private final Site site;
    private final Sending sending;
    private final Looking looking;
    private final Housework housework;

    DisqueBroker(String name, Site site) {
        this.name = name;
        this.site = site;
        this.sending = new Sending(site);
        this.looking = new Looking(site);
        this.housework = new Housework(site);
    }

    /**
     * Begins a broker.
     *
     * @return a builder with the defaults
     */
    public static DisqueBrokerBuilder builder() {
        return new DisqueBrokerBuilder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return site.means().capabilities();
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        site.checkOpen();
        jobs.forEach(job -> capabilities().check(name, job, Terms.OPTIONS));
        return Failures.told(() -> sending.send(jobs));
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        site.checkOpen();
        return new DisqueReceiver(site, wanted);
    }

    @Override
    public List<QueueStatus> queues() {
        return asked(looking::queues);
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        return asked(() -> looking.peek(queue, Inspectable.atLeastOne(max)));
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        return asked(() -> looking.dead(queue, Inspectable.atLeastOne(max)));
    }

    @Override
    public Optional<Glimpse> show(JobId id) {
        return asked(() -> looking.show(id));
    }

    @Override
    public Settled ack(JobId id) {
        return asked(() -> housework.ack(id));
    }

    @Override
    public Settled release(JobId id) {
        return asked(() -> housework.release(id));
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
        return asked(() -> housework.redrive(queue, Inspectable.atLeastOne(max)));
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
        return "DisqueBroker[" + name + "]";
    }
}
