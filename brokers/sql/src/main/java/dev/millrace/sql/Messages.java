// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.database.Loan;
import dev.millrace.sql.database.Nanos;
import dev.millrace.sql.database.Sql;
import dev.millrace.sql.database.Texts;
import dev.millrace.sql.database.Trouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of the messages of a queue. Made by {@link MessageQueue#on(Connection)}, for a transaction of the caller's, or
 * {@link MessageQueue#on(DataSource)}.
 */
public final class Messages {
    /** How many rows an INSERT has: few different texts, the largest first. */
    private static final int[] ROWS = {100, 10, 1};

    private static final int MOST_TRIES = 5;

    private final MessageQueue queue;
    private final @Nullable Connection connection;
    private final @Nullable DataSource pool;

    /** On a connection or, if there is none, on those of a pool. */
    Messages(MessageQueue queue, @Nullable Connection connection, @Nullable DataSource pool) {
        this.queue = queue;
        this.connection = connection;
        this.pool = pool;
    }

    private <R> R lend(Sql<R> work) throws SQLException {
        if (connection != null) {
            return work.on(connection);
        }
        try (Loan lent = Loan.committing(Objects.requireNonNull(pool).getConnection())) {
            return work.on(lent.connection());
        }
    }

    /**
     * Adds a message, to be taken at once.
     *
     * @param values of the columns of the queue, in their order, as {@link PreparedStatement#setObject(int, Object)} takes them
     * @return its id: above 0, in the order of time
     * @throws SQLException if the database refuses it
     */
    public long add(@Nullable Object... values) throws SQLException {
        return addScheduled(queue.clock().instant(), values);
    }

    /**
     * Adds a message, to be taken from a moment on.
     *
     * @param when from when on
     * @param values of the columns of the queue, in their order
     * @return its id
     * @throws SQLException if the database refuses it
     */
    public long addScheduled(Instant when, @Nullable Object... values) throws SQLException {
        return addAll(when, List.<@Nullable Object[]>of(values)).getFirst();
    }

    /**
     * Adds many messages with few statements. Outside a transaction, some may be stored if a later statement fails.
     *
     * @param when from when on they are to be taken
     * @param rows the values of each
     * @return their ids, in order
     * @throws SQLException if the database refuses one
     */
    public List<Long> addAll(Instant when, List<@Nullable Object[]> rows) throws SQLException {
        for (@Nullable Object[] values : rows) {
            if (values.length != queue.width()) {
                throw new IllegalArgumentException(values.length + " values for the " + queue.width() + " columns of "
                        + queue + "; give one for each");
            }
        }
        long moment = Nanos.of(when);
        List<Long> ids = lend(lent -> insert(lent, moment, rows));
        queue.stir();
        return ids;
    }

    private List<Long> insert(Connection lent, long when, List<@Nullable Object[]> rows) throws SQLException {
        List<Long> ids = new ArrayList<>(rows.size());
        for (int length : ROWS) {
            while (rows.size() - ids.size() >= length) {
                ids.addAll(insertSome(lent, when, rows.subList(ids.size(), ids.size() + length)));
            }
        }
        return ids;
    }

    /** With one statement; with other ids if another process has given these, where the database lets a transaction go on. */
    private List<Long> insertSome(Connection lent, long when, List<@Nullable Object[]> rows) throws SQLException {
        SQLException clash = null;
        for (int tries = 1; ; tries++) {
            List<Long> ids = rows.stream().map(row -> queue.numbers().next()).toList();
            try {
                insert(lent, ids, when, rows);
                return ids;
            } catch (SQLException e) {
                if (clash != null && Trouble.isAborted(e)) {
                    throw new SQLTransientException(
                            "another process gave a message the same id; roll the transaction back and do it again",
                            clash);
                }
                if (tries == MOST_TRIES || !Trouble.isTaken(e, ids)) {
                    throw e;
                }
                clash = e;
                queue.renumber();
            }
        }
    }

    private void insert(Connection lent, List<Long> ids, long when, List<@Nullable Object[]> rows) throws SQLException {
        try (PreparedStatement adding = lent.prepareStatement(queue.texts().of("add", rows.size()))) {
            int place = 1;
            for (int i = 0; i < rows.size(); i++) {
                adding.setLong(place++, ids.get(i));
                adding.setLong(place++, when);
                for (Object value : rows.get(i)) {
                    adding.setObject(place++, value);
                }
            }
            adding.executeUpdate();
        }
    }

    /**
     * A message is done.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if it is unknown, parked, or was done before
     * @throws SQLException if the database fails
     */
    public MessageResult ack(long id) throws SQLException {
        return change("ack", now(), id);
    }

    /**
     * Messages are done, by one statement for many of them.
     *
     * @param ids which
     * @return how many of them were not known, parked, or done before
     * @throws SQLException if the database fails
     */
    public int ackAll(Collection<Long> ids) throws SQLException {
        List<Long> all = List.copyOf(ids);
        long now = now();
        return lend(lent -> all.size() - changeAll(lent, "ack_all", now, all));
    }

    /**
     * A message is parked until a person decides: it is not taken any more.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if it is unknown, parked already, or done
     * @throws SQLException if the database fails
     */
    public MessageResult fail(long id) throws SQLException {
        return change("fail", id);
    }

    /**
     * A message comes again at once.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if it is unknown, parked, or done
     * @throws SQLException if the database fails
     */
    public MessageResult nack(long id) throws SQLException {
        return nack(id, Duration.ZERO);
    }

    /**
     * A message comes again after a while; also for who needs longer than he has a message for.
     *
     * @param id which
     * @param delay after how long; zero or more
     * @return {@link MessageResult#GONE} if it is unknown, parked, or done
     * @throws SQLException if the database fails
     */
    public MessageResult nack(long id, Duration delay) throws SQLException {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay " + delay + " is negative; give zero or more");
        }
        return change("nack", Nanos.plus(now(), delay), id);
    }

    /**
     * A parked message is to be taken again, as if for the first time.
     *
     * @param id which
     * @return {@link MessageResult#GONE} if there is no such parked message
     * @throws SQLException if the database fails
     */
    public MessageResult requeue(long id) throws SQLException {
        return change("requeue", now(), id);
    }

    private long now() {
        return Nanos.of(queue.clock().instant());
    }

    private MessageResult change(String text, long... values) throws SQLException {
        int changed = lend(lent -> {
            try (PreparedStatement changing =
                    lent.prepareStatement(queue.texts().of(text))) {
                for (int i = 0; i < values.length; i++) {
                    changing.setLong(i + 1, values[i]);
                }
                return changing.executeUpdate();
            }
        });
        if (changed > 0) {
            queue.stir();
        }
        return changed > 0 ? MessageResult.DONE : MessageResult.GONE;
    }

    /** Forgets rows; how many. */
    int removeAll(Connection lent, List<Long> ids) throws SQLException {
        return changeAll(lent, "remove", null, ids);
    }

    /** Changes many by a statement with a value, unless it has none, and a list; how many were changed. */
    int changeAll(Connection lent, String text, @Nullable Long value, List<Long> ids) throws SQLException {
        int changed = 0;
        for (int from = 0; from < ids.size(); from += Texts.longest()) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + Texts.longest()));
            int length = Texts.length(some.size());
            try (PreparedStatement changing =
                    lent.prepareStatement(queue.texts().of(text, length))) {
                int place = 1;
                if (value != null) {
                    changing.setLong(place++, value);
                }
                for (int i = 0; i < length; i++) {
                    changing.setLong(place++, some.get(Math.min(i, some.size() - 1)));
                }
                changed += changing.executeUpdate();
            }
        }
        return changed;
    }
}
