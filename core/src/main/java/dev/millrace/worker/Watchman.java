// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches time limits, jobs that wait for a place, and whether the broker answers, from one thread for the whole worker that
 * never waits for anything else.
 *
 * <p>How: it walks over the places of all queues, interrupts what is over its limit and gives up on what does not heed that, and
 * sleeps until the next limit, or until it is time to hear again whether the broker answers. A job that starts meanwhile cannot
 * be over its limit before the shortest limit has passed, so starting and ending jobs costs nothing here.
 */
final class Watchman implements Runnable {
    private static final long SHORTEST_PAUSE = 1_000_000;
    private static final long AFTER_A_FAULT = 100_000_000;

    private final List<Lane> lanes;
    private final Threads threads;
    private final Thread thread;
    private final long shortestLimit;
    private volatile long nextRound;
    private volatile boolean stopping;

    Watchman(List<Lane> lanes, Threads threads) {
        this.lanes = lanes;
        this.threads = threads;
        this.thread = threads.steady("watch", this);
        this.shortestLimit = lanes.stream()
                .mapToLong(lane -> Nanos.of(lane.tasks().shortestLimit()))
                .min()
                .orElse(Nanos.FOREVER);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** Something was cancelled by somebody else: look now; any thread. */
    void look() {
        LockSupport.unpark(thread);
    }

    /** There is something to look at then; any thread. */
    void expect(long moment) {
        if (moment - nextRound < 0) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            long next;
            nextRound = Nanos.now() + Nanos.FOREVER;
            try {
                next = round(Nanos.now());
            } catch (RuntimeException | Error e) {
                lanes.getFirst().announcer().log(Level.ERROR, () -> "watching time limits broke, going on", e);
                next = Nanos.now() + AFTER_A_FAULT;
            }
            nextRound = next;
            LockSupport.parkNanos(this, Math.max(SHORTEST_PAUSE, next - Nanos.now()));
        }
    }

    /** Looks at every attempt; returns when to look again. */
    private long round(long now) {
        long[] next = {now + shortestLimit};
        for (Lane lane : lanes) {
            lane.slots().forEach(attempt -> next[0] = Math.min(next[0], watch(attempt, now)));
            next[0] = Math.min(next[0], lane.launcher().handBackStale(now));
            next[0] = Math.min(next[0], lane.hearBroker(now));
        }
        return next[0];
    }

    /** Returns when to look again at this attempt. */
    private long watch(Attempt attempt, long now) {
        if (attempt.isRunning()) {
            long due = attempt.begun() + Nanos.of(attempt.limit());
            if (due - now > 0) {
                return due;
            }
            attempt.cancel(Cancellation.TIME_LIMIT, now);
        }
        if (attempt.isCancelled()) {
            long due = attempt.cancelledAt() + attempt.grace();
            if (due - now > 0) {
                return due;
            }
            threads.steady("rescue", attempt::giveUp).start();
            return now + attempt.grace();
        }
        return now + shortestLimit;
    }
}
