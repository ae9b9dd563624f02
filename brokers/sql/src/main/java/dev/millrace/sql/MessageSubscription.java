// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.NanoClock;
import dev.millrace.sql.database.Trouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/*
 * Whoever takes asks the database himself, one thread at a time; the others wait until he is done or they run out of patience.
 * So nothing is leased that nobody asked for. After a failure that may be over soon, all wait for a moment, longer each time; one
 * that will not be over ends the subscription, and everybody who waits or comes later is told why.
 */
/**
 * Takes messages of a queue, by pulling. Thread-safe.
 *
 * @param <T> what messages are read as
 */
public final class MessageSubscription<T> implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_POLL = TimeUnit.MILLISECONDS.toNanos(5);

    private final MessageQueue queue;
    private final Puller<T> puller;
    private final Messages messages;
    private final SubscriptionOptions options;
    private final RandomGenerator chance = RandomGenerator.getDefault();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.OPEN;
    private @Nullable Throwable cause;
    private boolean busy;
    private boolean stirred;
    private long poll = SHORTEST_POLL;
    private long pause = FIRST_PAUSE;
    private long nextLook = NanoClock.SYSTEM.getAsLong();

    /** How a subscription stands. */
    public enum State {
        /** It takes. */
        OPEN,
        /** It was closed. */
        CLOSED,
        /** Something is wrong that time does not mend. */
        FAILED
    }

    MessageSubscription(MessageQueue queue, DataSource pool, RowReader<T> reader, SubscriptionOptions options)
            throws SQLException {
        this.queue = queue;
        this.options = options;
        this.messages = queue.on(pool);
        this.puller = new Puller<>(queue, new Database(pool, false), reader, options);
    }

    /**
     * Takes a message.
     *
     * @param patience how long to wait for one; zero asks once
     * @return a message, or empty if time ran out
     * @throws InterruptedException if the thread was interrupted
     * @throws MessageQueueException if the subscription is closed or has failed, also meanwhile; the cause says why
     */
    public Optional<Message<T>> take(Duration patience) throws InterruptedException {
        return take(1, patience).stream().findFirst();
    }

    /**
     * Takes messages: as soon as there is one, as many as there are.
     *
     * @param max how many at most; 1 or more
     * @param patience how long to wait for the first; zero asks once
     * @return the messages, or none if time ran out
     * @throws InterruptedException if the thread was interrupted
     * @throws MessageQueueException if the subscription is closed or has failed, also meanwhile; the cause says why
     */
    public List<Message<T>> take(int max, Duration patience) throws InterruptedException {
        if (max < 1 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "max " + max + " or patience " + patience + " is out of range; give 1 or more, and zero or more");
        }
        long end = NanoClock.SYSTEM.getAsLong() + (patience.compareTo(LONGEST) > 0 ? LONGEST : patience).toNanos();
        boolean asked = false;
        lock.lockInterruptibly();
        try {
            while (true) {
                checkOpen();
                long now = NanoClock.SYSTEM.getAsLong();
                if (asked && end - now <= 0) {
                    return List.of();
                }
                if (!busy && (stirred || nextLook - now <= 0 || (!asked && pause == FIRST_PAUSE))) {
                    asked = true;
                    List<Message<T>> some = pull(max);
                    if (!some.isEmpty()) {
                        return some;
                    }
                } else if (end - now <= 0) {
                    return List.of();
                } else {
                    changed.awaitNanos(busy ? end - now : Math.min(end, nextLook) - now);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        switch (state) {
            case OPEN -> {}
            case CLOSED -> throw new MessageQueueException("the subscription to " + queue + " is closed", null);
            case FAILED -> {
                Throwable why = cause;
                throw new MessageQueueException(
                        "the subscription to " + queue + " has failed: " + (why == null ? "" : why.getMessage()), why);
            }
        }
    }

    /** Asks the database, without the lock, and does with the answer what is right by then. */
    private List<Message<T>> pull(int max) {
        busy = true;
        stirred = false;
        lock.unlock();
        List<Message<T>> some = List.of();
        Throwable error = null;
        try {
            some = puller.pull(max);
        } catch (SQLException | RuntimeException e) {
            error = e;
        } finally {
            lock.lock();
            busy = false;
            changed.signalAll();
        }
        if (state != State.OPEN) {
            puller.handBack(some);
            checkOpen();
        }
        long now = NanoClock.SYSTEM.getAsLong();
        if (error != null) {
            failed(error, now);
            checkOpen();
            return List.of();
        }
        pause = FIRST_PAUSE;
        poll = some.isEmpty() ? Math.min(2 * poll, options.poll().toNanos()) : SHORTEST_POLL;
        nextLook = some.isEmpty() ? now + poll : now;
        return some;
    }

    private void failed(Throwable error, long now) {
        if (error instanceof SQLException known && Trouble.isPassing(known)) {
            nextLook = now + (long) (pause * (0.5 + chance.nextDouble()));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        } else {
            state = State.FAILED;
            cause = error;
        }
    }

    /** There may be messages now. */
    void look() {
        lock.lock();
        try {
            poll = SHORTEST_POLL;
            stirred = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What can be said of messages, each word by itself; in a transaction of your own, say it by {@link
     * MessageQueue#on(java.sql.Connection)}.
     *
     * @return messages by connections of the pool
     */
    public Messages messages() {
        return messages;
    }

    /**
     * How the subscription stands.
     *
     * @return its state
     */
    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the subscription; closing twice is allowed. Whoever takes is told so at once; what was on its way to him goes back. What
     * was handed out stays so, and can be acknowledged.
     */
    @Override
    public void close() {
        queue.forget(this);
        lock.lock();
        try {
            state = state == State.OPEN ? State.CLOSED : state;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
