// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The one background thread of a journal: runs its chores whenever somebody has left some, and at every tick. */
final class Housekeeper implements AutoCloseable {
    /** What there is to do. */
    @FunctionalInterface
    interface Chores {
        void run(boolean tick);
    }

    private final Chores chores;
    private final long tickNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Thread thread;
    private boolean woken;
    private boolean stopped;

    /** Makes the thread; a tick of 0 is none. */
    Housekeeper(Chores chores, long tickNanos) {
        this.chores = chores;
        this.tickNanos = tickNanos;
        this.thread = Thread.ofPlatform().name("millrace-journal").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        lock.lock();
        try {
            woken = true;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long nextTick = System.nanoTime() + tickNanos;
        while (awaitWork(nextTick)) {
            boolean tick = tickNanos > 0 && System.nanoTime() - nextTick >= 0;
            chores.run(tick);
            if (tick) {
                nextTick = System.nanoTime() + tickNanos;
            }
        }
    }

    private boolean awaitWork(long nextTick) {
        lock.lock();
        try {
            while (!woken && !stopped) {
                if (tickNanos == 0) {
                    work.awaitUninterruptibly();
                } else if (nextTick - System.nanoTime() <= 0 || work.awaitNanos(nextTick - System.nanoTime()) <= 0) {
                    break;
                }
            }
            woken = false;
            return !stopped;
        } catch (InterruptedException notByUs) {
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after what it is doing, and waits for that. Can be called twice, and by an interrupted thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
