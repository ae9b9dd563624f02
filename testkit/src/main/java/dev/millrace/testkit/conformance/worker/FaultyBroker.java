// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real broker that fails on command, and remembers what was asked of it. Each fault lasts until it is set to null. Beneath it
 * everything is real: what it lets through happens.
 */
final class FaultyBroker implements Broker {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger receives = new AtomicInteger();
    final Queue<Settlement> settlements = new ConcurrentLinkedQueue<>();
    final Queue<Subscription> subscriptions = new ConcurrentLinkedQueue<>();

    volatile @Nullable RuntimeException opening;
    int openings = Integer.MAX_VALUE;
    volatile @Nullable Throwable receiving;
    volatile @Nullable Throwable settling;
    volatile @Nullable Throwable answering;
    volatile @Nullable Predicate<Settlement> poison;
    volatile @Nullable CountDownLatch settleGate;
    volatile @Nullable CountDownLatch receiveGate;
    volatile boolean losesLeases;
    volatile @Nullable RuntimeException extending;
    volatile boolean hidesExtending;
    volatile @Nullable Capabilities pretended;

    private final Broker real;

    FaultyBroker(Broker real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Capabilities capabilities() {
        Capabilities other = pretended;
        return other == null ? real.capabilities() : other;
    }

    @Override
    public List<EnqueueResult> send(List<Job> jobs) {
        return real.send(jobs);
    }

    @Override
    public Receiver receiver(Subscription wanted) {
        RuntimeException fault = opening;
        if (fault != null) {
            throw fault;
        }
        if (openings-- <= 0) {
            throw BrokerException.passing("no more receivers", null);
        }
        opened.incrementAndGet();
        subscriptions.add(wanted);
        return FaultyReceiver.on(this, real.receiver(wanted));
    }

    @Override
    public <F> Optional<F> facet(Class<F> role) {
        return real.facet(role);
    }

    @Override
    public void close() {
        real.close();
    }

    /** How many settlements of a kind were asked for, tried again or not. */
    <S extends Settlement> List<S> settlements(Class<S> kind) {
        return settlements.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
