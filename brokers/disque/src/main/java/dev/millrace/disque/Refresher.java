// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Does something again and again on a thread of its own, and at once when it is asked to. Starts and stops any number of times. */
final class Refresher {
    private final Runnable refresh;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private @Nullable Thread thread;
    private boolean soon;

    Refresher(Runnable refresh) {
        this.refresh = refresh;
    }

    void start(Duration every) {
        lock.lock();
        try {
            if (thread == null) {
                thread = Thread.ofPlatform().name("disque-refresh").daemon().start(() -> run(every));
            }
        } finally {
            lock.unlock();
        }
    }

    /** False if nothing runs that could hear it. */
    boolean askSoon() {
        lock.lock();
        try {
            soon = true;
            asked.signal();
            return thread != null;
        } finally {
            lock.unlock();
        }
    }

    private void run(Duration every) {
        while (waits(every)) {
            refresh.run();
        }
    }

    /** Until it is time; false if it is over. */
    private boolean waits(Duration every) {
        lock.lock();
        try {
            long left = every.toNanos();
            while (!soon && left > 0 && isCurrent()) {
                left = asked.awaitNanos(left);
            }
            soon = false;
            return isCurrent();
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    /** Waits for a moment until the thread has ended. */
    void stop(Duration atMost) {
        Thread last;
        lock.lock();
        try {
            last = thread;
            thread = null;
            asked.signalAll();
        } finally {
            lock.unlock();
        }
        if (last == null || last.equals(Thread.currentThread())) {
            return;
        }
        last.interrupt();
        try {
            last.join(TimeUnit.NANOSECONDS.toMillis(atMost.toNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
