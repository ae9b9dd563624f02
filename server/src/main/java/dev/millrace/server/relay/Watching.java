// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.job.QueueName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/*
 * Brokers wait for a job only where they hand it out. So while somebody wants to know and not to take, one virtual thread
 * looks at the queues again and again, and at once when this server has put something in; it ends when nobody waits.
 */
/** Tells when one of some queues has a job. Thread-safe. */
final class Watching implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watching.class.getName());
    private static final long BETWEEN_LOOKS_MILLIS = 40;

    private final Supplier<Inspectable> broker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition sooner = lock.newCondition();
    private final Deque<Watch> waiting = new ArrayDeque<>();
    private int turn;
    private boolean looks;
    private boolean poked;
    private boolean closed;

    /** @param broker the broker to look at; it throws if nobody can look at it */
    Watching(Supplier<Inspectable> broker) {
        this.broker = broker;
    }

    /** Answers at once if a queue has a job or nobody wants to wait; used by one thread at a time. */
    void begin(List<Watch> watches) {
        tell(watches);
        for (Watch watch : watches) {
            if (!watch.call().patient()) {
                watch.give(Optional.empty());
            } else if (watch.open()) {
                await(watch);
            }
        }
    }

    private void await(Watch watch) {
        boolean refused;
        lock.lock();
        try {
            refused = closed;
            if (!closed) {
                waiting.add(watch);
                if (!looks) {
                    looks = true;
                    Thread.ofVirtual().name("millrace-relay-watch").start(this::look);
                }
            }
        } finally {
            lock.unlock();
        }
        if (refused) {
            watch.give(Optional.empty());
        }
    }

    /** Something was put into a queue. */
    void poke() {
        lock.lock();
        try {
            poked = true;
            sooner.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        List<Watch> open = next();
        while (!open.isEmpty()) {
            try {
                tell(open);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "cannot see whether queues have jobs: " + e.getMessage(), e);
                RuntimeException why = Batch.told(e);
                open.stream().filter(Watch::claim).forEach(watch -> watch.fail(why));
            }
            open = next();
        }
    }

    /** Those who still wait, after a while or a poke; none ends the looking. */
    private List<Watch> next() {
        lock.lock();
        try {
            if (!poked && !closed) {
                pause();
            }
            poked = false;
            waiting.removeIf(watch -> !watch.open());
            looks = !waiting.isEmpty() && !closed;
            return looks ? List.copyOf(waiting) : List.of();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // Waking too early only means that it looks once more.
    private void pause() {
        try {
            boolean early = sooner.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            poked |= early;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void tell(List<Watch> watches) {
        Set<QueueName> ready = broker.get().queues().stream()
                .filter(Watching::hasJobs)
                .map(QueueStatus::queue)
                .collect(Collectors.toSet());
        for (Watch watch : watches) {
            List<QueueName> found = new ArrayList<>(watch.call().queues());
            found.removeIf(queue -> !ready.contains(queue));
            if (!found.isEmpty()) {
                turn = (turn + 1) & Integer.MAX_VALUE;
                watch.give(Optional.of(found.get(turn % found.size())));
            }
        }
    }

    private static boolean hasJobs(QueueStatus status) {
        boolean stopped = status.pause() == Pause.OUT || status.pause() == Pause.BOTH;
        return !stopped && status.ready().orElse(0) > 0;
    }

    /** All that wait are answered with nothing. */
    void dismiss() {
        List<Watch> all;
        lock.lock();
        try {
            all = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(watch -> watch.give(Optional.empty()));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            sooner.signalAll();
        } finally {
            lock.unlock();
        }
        dismiss();
    }
}
