// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Settlement;
import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Where takes are served and wait: a line for each set of queues and each lease. Thread-safe. */
final class Lines implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lines.class.getName());
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    /** How many lines may be idle; the longest idle ones go first. One that handed out what is not settled is not idle. */
    private static final int MOST_IDLE = 100;

    private final Broker broker;
    private final Holdings holdings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, Line> lines = new HashMap<>();
    private Instant lastSweep;

    /**
     * Takes that one line can serve.
     *
     * @param queues from where
     * @param leaseMillis for how long
     */
    record Kind(Set<QueueName> queues, long leaseMillis) {
        static Kind of(Call.Take take) {
            return new Kind(Set.copyOf(take.queues()), take.leaseMillis());
        }
    }

    Lines(Broker broker, Holdings holdings, InstantSource clock) {
        this.broker = broker;
        this.holdings = holdings;
        this.clock = clock;
        this.lastSweep = clock.instant();
    }

    Holdings holdings() {
        return holdings;
    }

    /** Serves takes of the same queues, in their order. */
    void take(List<Step> steps) {
        Line line = line((Call.Take) steps.getFirst().call());
        try {
            line.ask(Step.waits(steps, Taking.class));
        } catch (RuntimeException | Error e) {
            RuntimeException why = Batch.told(e);
            steps.forEach(step -> step.fail(why));
        }
    }

    private Line line(Call.Take take) {
        lock.lock();
        try {
            Kind kind = Kind.of(take);
            Line line = lines.remove(kind);
            Line found = line == null ? new Line(broker, take, holdings) : line;
            found.use(clock.instant());
            lines.put(kind, found);
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Collection<Line> all() {
        lock.lock();
        try {
            return List.copyOf(lines.values());
        } finally {
            lock.unlock();
        }
    }

    int size() {
        return all().size();
    }

    /** How many takes wait for a queue. */
    int waiting(QueueName queue) {
        return all().stream()
                .filter(line -> line.queues().contains(queue))
                .mapToInt(Line::waiting)
                .sum();
    }

    /** All that wait are answered with nothing. */
    void dismiss() {
        all().forEach(Line::dismiss);
    }

    /** Gives up what is not needed any more. */
    void tidy() {
        Instant now = clock.instant();
        if (now.isBefore(lastSweep.plus(BETWEEN_SWEEPS))) {
            return;
        }
        lastSweep = now;
        holdings.expired().forEach(Lines::release);
        List<Line> idle = all().stream()
                .filter(Line::idle)
                .sorted(Comparator.comparing(Line::lastUse))
                .toList();
        for (Line line : idle.subList(0, Math.max(0, idle.size() - MOST_IDLE))) {
            lock.lock();
            try {
                lines.values().remove(line);
            } finally {
                lock.unlock();
            }
            line.close();
        }
    }

    /** Its lease is long over, so this changes nothing but what the receiver counts. */
    private static void release(Held held) {
        try {
            held.receiver()
                    .settle(List.of(
                            new Settlement.Release(held.delivery(), Duration.ZERO, Settlement.Cause.NOT_TRIED)));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a lease that is over could not be given up", e);
        }
    }

    @Override
    public void close() {
        all().forEach(Line::close);
    }
}
