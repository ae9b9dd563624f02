// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes messages of a table as vtgate pushes them. Thread-safe.
 *
 * @param <T> what messages are read as
 */
public final class VitessSubscription<T> implements AutoCloseable {
    private static final String ID = "id";
    private static final String EPOCH = "epoch";

    private final VitessQueue queue;
    private final VitessRowReader<T> reader;
    private final Inbox inbox;
    private final Keeper keeper;

    /** How a subscription stands. */
    public enum State {
        /** It takes, or is connecting again. */
        OPEN,
        /** It was closed. */
        CLOSED,
        /** Something is wrong that time does not mend. */
        FAILED
    }

    VitessSubscription(VitessQueue queue, VitessRowReader<T> reader, Inbox inbox, Keeper keeper) {
        this.queue = queue;
        this.reader = reader;
        this.inbox = inbox;
        this.keeper = keeper;
    }

    /**
     * Takes a message.
     *
     * @param patience how long to wait for one; with zero, one that comes for it is there for the next
     * @return a message, or empty if time ran out
     * @throws InterruptedException if the thread was interrupted
     * @throws VitessException if the subscription is closed or has failed, also meanwhile; the cause says why
     */
    public Optional<VitessMessage<T>> take(Duration patience) throws InterruptedException {
        return take(1, patience).stream().findFirst();
    }

    /**
     * Takes messages: as soon as there is one, as many as are there.
     *
     * @param max how many at most; 1 or more
     * @param patience how long to wait for the first; with zero, what comes for it is there for the next
     * @return the messages, or none if time ran out
     * @throws InterruptedException if the thread was interrupted
     * @throws VitessException if the subscription is closed or has failed, also meanwhile; the cause says why
     */
    public List<VitessMessage<T>> take(int max, Duration patience) throws InterruptedException {
        if (max < 1 || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "max " + max + " or patience " + patience + " is out of range; give 1 or more, and zero or more");
        }
        List<VitessRow> rows = inbox.take(max, patience);
        List<VitessMessage<T>> messages = new ArrayList<>(rows.size());
        try {
            rows.forEach(row -> messages.add(read(row)));
        } catch (RuntimeException e) {
            inbox.end(State.FAILED, e);
            keeper.cancel();
            throw new VitessException(false, "a message of " + queue + " cannot be read: " + e.getMessage(), e);
        }
        return messages;
    }

    private VitessMessage<T> read(VitessRow row) {
        OptionalLong attempt = row.columns().contains(EPOCH)
                ? OptionalLong.of(row.isNull(EPOCH) ? 1 : row.number(EPOCH) + 1)
                : OptionalLong.empty();
        return new VitessMessage<>(row.number(ID), reader.read(row), attempt);
    }

    /**
     * How many messages lie in memory, not taken yet.
     *
     * @return their number
     */
    public int waiting() {
        return inbox.size();
    }

    /**
     * How the subscription stands.
     *
     * @return its state
     */
    public State state() {
        return inbox.state();
    }

    /**
     * Ends the subscription; closing twice is allowed. Whoever takes is told so at once; messages that nobody took are given back, so
     * that others get them at once. What was handed out stays so, and can be acknowledged.
     */
    @Override
    public void close() {
        queue.forget(this);
        List<VitessRow> rest = inbox.end(State.CLOSED, null);
        keeper.cancel();
        queue.handBack(rest.stream().map(row -> row.number(ID)).toList());
    }
}
