// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/*
 * One thread for all connections of a client or pool. While a command is under way, and for a second after, it looks twenty
 * times a second whether deadlines are over or callers were interrupted, and closes what no longer makes sense. Then it
 * sleeps until connections have been unused for long enough to be closed, or for ever. It does not sleep between commands
 * that follow each other, because waking it costs more than a command.
 *
 * Whoever begins a command sets its deadline and then wakes the dog if it sleeps; the dog says that it sleeps and then looks
 * once more. So one of the two sees the other. Whatever breaks a look (memory that ran out elsewhere) does not end the watch:
 * without it no deadline would ever be met again.
 */
/** Ends what takes too long on the connections of a client. Thread-safe. */
public final class Watchdog implements Runnable, AutoCloseable {
    private static final long TICK_NANOS = 50_000_000;

    private final LongSupplier clock;
    private final List<Connections> watched = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * A watchdog that does not run yet.
     *
     * @param name of the client, for its thread
     * @param clock in nanoseconds, never set
     */
    public Watchdog(String name, LongSupplier clock) {
        this.clock = clock;
        this.thread = Thread.ofPlatform().name(name + "-watchdog").daemon().unstarted(this);
    }

    /**
     * The clock that it looks at.
     *
     * @return in nanoseconds
     */
    public LongSupplier clock() {
        return clock;
    }

    /**
     * Starts it: separate from making it, so that nobody runs before all is made.
     *
     * @return this
     */
    public Watchdog started() {
        thread.start();
        return this;
    }

    void watch(Connections connections) {
        watched.add(connections);
        LockSupport.unpark(thread);
    }

    void forget(Connections connections) {
        watched.remove(connections);
    }

    /** A command has begun. */
    void commandBegan() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                watch();
            } catch (RuntimeException | Error e) {
                LockSupport.parkNanos(this, TICK_NANOS);
            } finally {
                asleep = false;
            }
        }
    }

    private void watch() {
        if (look()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            return;
        }
        asleep = true;
        long nanos = closed || look() ? 1 : nextEviction();
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Whether some command is under way. */
    private boolean look() {
        long now = clock.getAsLong();
        boolean busy = false;
        for (Connections connections : watched) {
            busy |= connections.look(now);
        }
        return busy;
    }

    private long nextEviction() {
        long now = clock.getAsLong();
        long next = Long.MAX_VALUE;
        for (Connections connections : watched) {
            next = Math.min(next, connections.evict(now));
        }
        return next;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
