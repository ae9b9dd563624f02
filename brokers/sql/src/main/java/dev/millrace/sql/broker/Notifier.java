// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Texts;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/*
 * PostgreSQL lets transactions that notify commit only one after the other. So of many that follow each other closely one is told
 * of in 5 ms: whoever was woken by it looks again 5, 10 and 20 ms later, and finds what came meanwhile. A transaction of the
 * caller's always tells, for nobody knows when it will be committed.
 */
/** Tells other processes which queues have jobs, where the database can. Thread-safe. */
final class Notifier {
    private static final Logger LOG = System.getLogger(Notifier.class.getName());
    private static final long AT_MOST_EVERY = TimeUnit.MILLISECONDS.toNanos(5);

    /** Above this, what was told too long ago to matter is forgotten. */
    private static final int MANY_QUEUES = 1_000;

    private final boolean able;
    private final Texts texts;
    private final LongSupplier nanos;
    private final Map<QueueName, Long> told = new ConcurrentHashMap<>();

    Notifier(boolean able, Texts texts, LongSupplier nanos) {
        this.able = able;
        this.texts = texts;
        this.nanos = nanos;
    }

    /** Tells in a transaction that is committed at once. */
    void tell(Connection connection, Collection<QueueName> queues) throws SQLException {
        if (!able) {
            return;
        }
        long now = nanos.getAsLong();
        for (QueueName queue : queues) {
            Long before = told.get(queue);
            if (before == null || now - before >= AT_MOST_EVERY) {
                told.put(queue, now);
                notify(connection, queue);
            }
        }
        if (told.size() > MANY_QUEUES) {
            told.values().removeIf(before -> now - before >= AT_MOST_EVERY);
        }
    }

    /** Tells after a statement that stood alone, which has happened whatever becomes of this. */
    void tellAfter(Connection connection, Collection<QueueName> queues) {
        try {
            tell(connection, queues);
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "others could not be told of jobs; they will find them by looking", e);
        }
    }

    /** Tells in a transaction of the caller's. */
    void tellIn(Connection connection, Collection<QueueName> queues) throws SQLException {
        if (able) {
            for (QueueName queue : queues) {
                notify(connection, queue);
            }
        }
    }

    private void notify(Connection connection, QueueName queue) throws SQLException {
        notify(connection, queue.value());
    }

    /** Says anything to all who listen. */
    void notify(Connection connection, String text) throws SQLException {
        try (PreparedStatement notifying = connection.prepareStatement(texts.of("postgresql/notify"))) {
            notifying.setString(1, text);
            notifying.execute();
        }
    }
}
