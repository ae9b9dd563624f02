// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.sql.database.NanoClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * One batch is asked for at a time: when somebody waits and nothing is there, or when less is there than may lie ahead. What was asked
 * for cannot be taken back, so a batch may come for somebody who has gone; the next one who takes gets it. What has lain here for as
 * long as its lease is forgotten, as Vitess sends it again. The same holds for what has lain in the connection because nobody asked for
 * so long: that is thrown away with its stream, and another is begun.
 */
/** Messages that have come and that nobody has taken yet. Thread-safe. */
final class Inbox {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final int ahead;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition over = lock.newCondition();
    private final Deque<Received> messages = new ArrayDeque<>();
    private @Nullable PushStream stream;
    private boolean asked;
    private long idleSince = NanoClock.SYSTEM.getAsLong();
    private int waiting;
    private long lease = Long.MAX_VALUE;
    private VitessSubscription.State state = VitessSubscription.State.OPEN;
    private @Nullable Throwable cause;

    /** A message, and when it came. */
    private record Received(VitessRow row, long nanos) {}

    Inbox(int ahead) {
        this.ahead = ahead;
    }

    List<VitessRow> take(int max, Duration patience) throws InterruptedException {
        long end = NanoClock.SYSTEM.getAsLong() + (patience.compareTo(LONGEST) > 0 ? LONGEST : patience).toNanos();
        lock.lockInterruptibly();
        try {
            waiting++;
            while (state == VitessSubscription.State.OPEN) {
                forgetOld();
                if (!messages.isEmpty()) {
                    return some(max);
                }
                ask();
                long left = end - NanoClock.SYSTEM.getAsLong();
                if (left <= 0) {
                    return List.of();
                }
                changed.awaitNanos(left);
            }
            throw over();
        } finally {
            waiting--;
            ask();
            lock.unlock();
        }
    }

    private List<VitessRow> some(int max) {
        List<VitessRow> some = new ArrayList<>();
        while (some.size() < max && !messages.isEmpty()) {
            some.add(messages.remove().row());
        }
        if (!messages.isEmpty()) {
            changed.signal();
        }
        return some;
    }

    private void forgetOld() {
        long now = NanoClock.SYSTEM.getAsLong();
        while (!messages.isEmpty() && now - messages.element().nanos() >= lease) {
            messages.remove();
        }
    }

    /** Lets a batch in if one is wanted and none is on its way. */
    private void ask() {
        boolean wanted = messages.size() < ahead || (messages.isEmpty() && waiting > 0);
        PushStream from = stream;
        if (!wanted || asked || from == null || state != VitessSubscription.State.OPEN) {
            return;
        }
        if (NanoClock.SYSTEM.getAsLong() - idleSince >= lease) {
            stream = null;
            from.giveUp();
        } else {
            asked = true;
            from.request();
        }
    }

    private VitessException over() {
        Throwable why = cause;
        return state == VitessSubscription.State.CLOSED
                ? new VitessException(false, "the subscription is closed", null)
                : new VitessException(
                        false, "the subscription has failed: " + (why == null ? "" : why.getMessage()), why);
    }

    /** Messages come from now on from this stream, or from none; what has come stays. */
    void comeFrom(@Nullable PushStream next) {
        lock.lock();
        try {
            stream = next;
            asked = false;
            idleSince = NanoClock.SYSTEM.getAsLong();
            ask();
        } finally {
            lock.unlock();
        }
    }

    /** Messages have come, for a batch that was asked of a stream, or of themselves. */
    void arrived(@Nullable PushStream from, List<VitessRow> rows) {
        lock.lock();
        try {
            long now = NanoClock.SYSTEM.getAsLong();
            if (state == VitessSubscription.State.OPEN) {
                rows.forEach(row -> messages.add(new Received(row, now)));
            }
            if (from != null && from == stream) {
                asked = false;
                idleSince = now;
            }
            ask();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** How long a message stays ours. */
    void lease(Duration length) {
        lock.lock();
        try {
            lease = length.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : length.toNanos();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    VitessSubscription.State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        return state() == VitessSubscription.State.OPEN;
    }

    /** Waits for a while, or until it is over; whether it is open still. */
    boolean pause(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (state == VitessSubscription.State.OPEN && left > 0) {
                left = over.awaitNanos(left);
            }
            return state == VitessSubscription.State.OPEN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** It is over; gives what nobody will take any more. The first to say so decides why. */
    List<VitessRow> end(VitessSubscription.State how, @Nullable Throwable why) {
        lock.lock();
        try {
            if (state == VitessSubscription.State.OPEN) {
                state = how;
                cause = why;
            }
            changed.signalAll();
            over.signalAll();
            return some(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }
}
