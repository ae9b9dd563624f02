// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
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
 * The broker on okq. What it guarantees and what it costs is in {@code docs/okq.md}. Thread-safe.
 *
 * <p>Made by {@link OkqBrokerBuilder}, or by a URL: {@code okq://host:port}.
 */
public final class OkqBroker implements Broker, Inspectable, Administrable {
    /** The header that carries the id of an event, in Base64, where it cannot be that of a job. */
    public static final String EVENT_ID_HEADER = "okq-event-id";

    private final String name;
    private final Site site;
    private final Sending sending;
    private final Looking looking;
    private final Housework housework;

    OkqBroker(String name, Site site) {
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
    public static OkqBrokerBuilder builder() {
        return new OkqBrokerBuilder();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return site.returning().capabilities();
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
        return new OkqReceiver(name, site, wanted);
    }

    @Override
    public List<QueueStatus> queues() {
        return asked(looking::queues);
    }

    @Override
    public List<Glimpse> peek(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.peek(queue));
    }

    @Override
    public List<Glimpse> dead(QueueName queue, int max) {
        Inspectable.atLeastOne(max);
        return asked(() -> looking.dead(queue));
    }

    @Override
    public void pause(QueueName queue, Pause pause) {
        site.checkOpen();
        throw new UnsupportedFeatureException(name, "pause", "queue " + queue);
    }

    @Override
    public long purge(QueueName queue) {
        return asked(() -> housework.purge(Terms.name(queue)));
    }

    @Override
    public long purgeDead(QueueName queue) {
        return asked(() -> housework.purge(Terms.deadOf(queue)));
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
        return "OkqBroker[" + name + "]";
    }
}
