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
import java.util.stream.Stream;

/** Where takes are served and wait: a line for each set of queues. Thread-safe. */
final class Lines implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Lines.class.getName());
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    /** How many lines may be idle; the longest idle ones go first. One that handed out what is not settled is not idle. */
    private static final int MOST_IDLE = 100;

    private final Broker broker;
    private final Holdings holdings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Set<QueueName>, Line> lines = new HashMap<>();
    private Instant lastSweep;

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
        Line line = line(((Call.Take) steps.getFirst().call()).queues());
        try {
            line.ask(
                    steps.stream().map(Step::taking).flatMap(Stream::ofNullable).toList());
        } catch (RuntimeException | Error e) {
            RuntimeException why = Batch.told(e);
            steps.forEach(step -> step.fail(why));
        }
    }

    private Line line(List<QueueName> queues) {
        lock.lock();
        try {
            Set<QueueName> set = Set.copyOf(queues);
            Line line = lines.remove(set);
            Line found =
                    line == null ? new Line(broker, queues.stream().distinct().toList(), holdings) : line;
            found.use(clock.instant());
            lines.put(set, found);
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
