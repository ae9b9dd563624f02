// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Dialect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * One thread a broker, because a connection that listens can do nothing else, and because one that looks for all who wait is
 * cheaper than each for himself. PostgreSQL tells it; elsewhere it looks, each 5 ms as long as something was taken in the last
 * two seconds, then each 10 and each 25 ms until a minute is over, and then leaves it to the receivers, who look as often as
 * "poll" says. It never spends more than a tenth of its time on looking.
 *
 * It begins with the first receiver that waits, and does nothing while nobody does, but for emptying a connection that listens.
 */
/** Wakes receivers for what other processes commit. Thread-safe. */
final class Lookout {
    private static final Logger LOG = System.getLogger(Lookout.class.getName());
    private static final Map<Duration, Duration> INTERVALS = new TreeMap<>(Map.of(
            Duration.ofSeconds(2), Duration.ofMillis(5),
            Duration.ofSeconds(10), Duration.ofMillis(10),
            Duration.ofSeconds(60), Duration.ofMillis(25)));

    private static final long AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final int PART = 10;
    private static final long JOIN_MILLIS = 1_000;

    private final Site site;
    private final Claiming looking;
    private final @Nullable Hearing hearing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Thread thread;
    private int waiting;
    private boolean closed;
    private volatile long takenAt;

    Lookout(Site site, Dialect dialect) {
        this.site = site;
        this.looking = new Claiming(site, null);
        this.hearing =
                dialect == Dialect.POSTGRESQL && site.pool().canSpareOne() ? new Hearing(site, site.notifier()) : null;
        this.takenAt = now();
    }

    private long now() {
        return site.times().nanos().getAsLong();
    }

    /** Somebody took jobs: more may follow soon. */
    void taken() {
        takenAt = now();
    }

    /** Waits for a ring, which may now come from outside too; true if it rang. */
    boolean await(Bell bell, long nanos) throws InterruptedException {
        lock.lock();
        try {
            waiting++;
            if (thread == null && !closed) {
                thread = Thread.ofPlatform()
                        .name("millrace-sql-lookout")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .start(this::run);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            return bell.await(nanos);
        } finally {
            lock.lock();
            try {
                waiting--;
            } finally {
                lock.unlock();
            }
        }
    }

    private void run() {
        while (isOpen()) {
            try {
                Hearing ears = hearing;
                if (ears != null && ears.works()) {
                    ears.listen();
                } else {
                    pause(look());
                }
            } catch (SQLException | RuntimeException e) {
                LOG.log(Level.DEBUG, "looking for those who wait failed", e);
                pause(AFTER_FAILURE);
            }
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Looks for all who wait; how long to pause after that. */
    private long look() throws SQLException {
        List<QueueName> queues = site.bells().waiting();
        long begin = now();
        long pause = interval(begin - takenAt);
        if (queues.isEmpty() || pause >= site.times().poll().toNanos()) {
            return pause;
        }
        Claiming.Look look = looking.look(queues);
        look.ready().stream().map(Claiming.Seam::queue).distinct().forEach(site.bells()::ringAll);
        long due = look.nextDue() - site.now();
        long took = now() - begin;
        return Math.max(took * PART, due > 0 ? Math.min(pause, due) : pause);
    }

    private long interval(long idle) {
        for (Map.Entry<Duration, Duration> each : INTERVALS.entrySet()) {
            if (idle < each.getKey().toNanos()) {
                return each.getValue().toNanos();
            }
        }
        return site.times().poll().toNanos();
    }

    /** Waits so long, and until somebody waits. */
    private void pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && (left > 0 || waiting == 0)) {
                if (left > 0) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.await();
                }
            }
        } catch (InterruptedException nobodyDoesThat) {
            // The thread is nobody else's; it looks once more.
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, before the connections are closed. */
    void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (hearing != null) {
            hearing.close();
        }
        if (running != null) {
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
