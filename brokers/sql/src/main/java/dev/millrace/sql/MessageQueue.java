// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.database.RowIds;
import dev.millrace.sql.database.TableName;
import dev.millrace.sql.database.Texts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is a table of yours: some columns are the queue's, all others carry what you want. The layout is that of Vitess'
 * message tables, and the statements are the same on MySQL, MariaDB, PostgreSQL and Vitess. Thread-safe; needs no opening to add
 * and acknowledge.
 */
public final class MessageQueue {
    private static final Set<String> OWN = Set.of("id", "epoch", "time_next", "time_acked");

    private final TableName table;
    private final List<TableName> columns;
    private final Texts texts;
    private final InstantSource clock;
    private final RowIds numbers;
    private final List<MessageSubscription<?>> subscriptions = new CopyOnWriteArrayList<>();

    private final boolean bySystemClock;

    private MessageQueue(TableName table, List<TableName> columns, @Nullable InstantSource given, int node) {
        InstantSource used = given == null ? InstantSource.system() : given;
        this.bySystemClock = given == null;
        this.table = table;
        this.columns = columns;
        this.clock = used;
        this.texts = new Texts(MessageQueue.class, table, columns);
        this.numbers = new RowIds(used, node);
    }

    /**
     * Describes a queue; nothing is asked of a database.
     *
     * @param table its name: {@code a} to {@code z}, digits and {@code _}, and no word of SQL
     * @param columns which columns messages carry, in the order in which values are given; {@code priority} may be one of them
     * @return the queue
     * @throws IllegalArgumentException if a name is not plain, or one of the queue's own
     */
    public static MessageQueue of(String table, String... columns) {
        List<TableName> names = Arrays.stream(columns).map(TableName::new).toList();
        for (TableName name : names) {
            if (OWN.contains(name.value())) {
                throw new IllegalArgumentException("column " + name + " is the queue's own; leave it out");
            }
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("a column is given twice: " + names);
        }
        return new MessageQueue(new TableName(table), names, null, lot());
    }

    /**
     * The same queue with a number for this process. Ids are made of the time, this number and a count; two processes with
     * the same number may make the same id. The database then refuses the second, which is added with another id, and under a
     * number drawn by lot from then on; only a transaction of the caller's in PostgreSQL cannot go on after that and ends with an
     * {@link SQLException} that says so. Without this each process draws one of {@value RowIds#MOST_NODES} numbers by lot.
     *
     * @param number 0 or more, below {@value RowIds#MOST_NODES}; different for processes that add at the same time
     * @return a new queue
     */
    public MessageQueue withNode(int number) {
        return new MessageQueue(table, columns, bySystemClock ? null : clock, number);
    }

    /**
     * The same queue by another clock, for tests. Subscriptions go by it too, in the place of the database's.
     *
     * @param instants the clock
     * @param number that of {@link #withNode}
     * @return a new queue
     */
    public MessageQueue withClock(InstantSource instants, int number) {
        return new MessageQueue(table, columns, instants, number);
    }

    /**
     * Messages by a connection of the caller's, in its transaction if there is one, which is neither committed nor rolled back.
     *
     * @param connection open
     * @return what can be said on it; as thread-safe as the connection
     */
    public Messages on(Connection connection) {
        return new Messages(this, connection, null);
    }

    /**
     * Messages by connections of a pool, each word by itself.
     *
     * @param pool gives connections that commit each statement by itself
     * @return what can be said on them; thread-safe
     */
    public Messages on(DataSource pool) {
        return new Messages(this, null, pool);
    }

    /**
     * Begins to take messages. The table is checked first.
     *
     * @param <T> what messages are read as
     * @param pool gives connections that commit each statement by itself
     * @param reader reads a message; what it throws ends the subscription
     * @param options how
     * @return the subscription; close it
     * @throws SQLException if the database cannot be reached
     * @throws MessageQueueException if the table is not as it must be; the message says what is to be done
     */
    public <T> MessageSubscription<T> open(DataSource pool, RowReader<T> reader, SubscriptionOptions options)
            throws SQLException {
        try (Connection connection = pool.getConnection()) {
            check(connection).orThrow();
        }
        MessageSubscription<T> subscription = new MessageSubscription<>(this, pool, reader, options);
        subscriptions.add(subscription);
        return subscription;
    }

    /**
     * Compares the table with what is needed, and changes nothing.
     *
     * @param connection to the database
     * @return what is wrong, and the statements that mend it
     * @throws SQLException if the database does not answer
     */
    public TableReport check(Connection connection) throws SQLException {
        return new TableCheck(table, columns, connection).report();
    }

    TableName table() {
        return table;
    }

    int width() {
        return columns.size();
    }

    Texts texts() {
        return texts;
    }

    RowIds numbers() {
        return numbers;
    }

    /** Numbers by another lot, because somebody else gave a number of ours. */
    void renumber() {
        numbers.renumber(lot());
    }

    private static int lot() {
        return RandomGenerator.of("SecureRandom").nextInt(RowIds.MOST_NODES);
    }

    boolean isBySystemClock() {
        return bySystemClock;
    }

    InstantSource clock() {
        return clock;
    }

    /** There may be messages: who waits is to look. */
    void stir() {
        subscriptions.forEach(MessageSubscription::look);
    }

    void forget(MessageSubscription<?> subscription) {
        subscriptions.remove(subscription);
    }

    @Override
    public String toString() {
        return "MessageQueue[" + table + "]";
    }
}
