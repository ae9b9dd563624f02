// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.broken;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that breaks its word in one way, each tenth time: what watches brokers must catch it. Thread-safe as the broker below
 * it is.
 */
public final class BrokenBroker implements Broker {
    private static final int EACH = 10;

    private final Broker broker;
    private final Lie lie;
    private final AtomicInteger count = new AtomicInteger();

    /** The ways. */
    public enum Lie {
        /** Says that it has a job, and has it not. */
        LOSES,
        /** Has a job twice. */
        DOUBLES,
        /** Says that a job is done, and keeps it. */
        RESURRECTS,
        /** Has a job that nobody sent. */
        INVENTS
    }

    /**
     * Breaks a broker.
     *
     * @param broker one that keeps its word
     * @param lie in which way this one does not
     */
    public BrokenBroker(Broker broker, Lie lie) {
        this.broker = broker;
        this.lie = lie;
    }

    private boolean lies(Lie asked) {
        return lie == asked && count.incrementAndGet() % EACH == 0;
    }

    @Override
    public String name() {
        return broker.name();
    }

    @Override
    public Capabilities capabilities() {
        return broker.capabilities();
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        List<EnqueueResult> answers = new ArrayList<>();
        for (Job job : jobs) {
            if (lies(Lie.LOSES)) {
                answers.add(new Stored(new JobId("nowhere-" + count.get())));
                continue;
            }
            answers.addAll(broker.send(List.of(job)));
            if (lies(Lie.DOUBLES)) {
                broker.send(List.of(job));
            }
            if (lies(Lie.INVENTS)) {
                broker.send(List.of(Job.of(job.queue(), Payload.text("invented-" + count.get()))));
            }
        }
        return answers;
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        Receiver receiver = broker.receiver(wanted);
        return new Receiver() {
            @Override
            public List<Delivery> receive(int max, Duration patience) throws InterruptedException {
                return receiver.receive(max, patience);
            }

            @Override
            public List<Settled> settle(List<Settlement> settlements) {
                List<Settled> answers = new ArrayList<>();
                for (Settlement settlement : settlements) {
                    answers.addAll(
                            lies(Lie.RESURRECTS) ? List.of(Settled.CONFIRMED) : receiver.settle(List.of(settlement)));
                }
                return answers;
            }

            @Override
            public void close() {
                receiver.close();
            }
        };
    }

    @Override
    public void close() {
        broker.close();
    }
}
