// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.TransactionalBroker.Work;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Of a transaction of its own a broker knows when it is committed, and wakes the receivers of what was enqueued in it then. Of
 * one of the caller's it does not: there it has the receivers look often for a while, for most are committed soon.
 */
/** Does what others want done in a transaction: once, for nobody knows what else they do. Thread-safe. */
final class OwnTransactions {
    private final Database database;
    private final Bells bells;
    private final Map<Connection, Map<QueueName, Integer>> open = new ConcurrentHashMap<>();

    OwnTransactions(Database database, Bells bells) {
        this.database = database;
        this.bells = bells;
    }

    <R> R run(Work<Connection, R> work) throws Exception {
        try (Connection connection = begin()) {
            R result;
            try {
                result = work.in(connection);
            } catch (Exception | Error e) {
                open.remove(connection);
                Database.rollBack(connection, e);
                throw e;
            }
            Map<QueueName, Integer> counts = open.remove(connection);
            Failures.told(() -> committed(connection));
            if (counts != null) {
                counts.forEach(bells::ring);
            }
            return result;
        }
    }

    private Connection begin() {
        return Failures.told(() -> {
            Connection connection = database.connection();
            connection.setAutoCommit(false);
            open.put(connection, new HashMap<>());
            return connection;
        });
    }

    private static boolean committed(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        return true;
    }

    /** There will be so many more jobs in these queues when this transaction is committed. */
    void note(Connection transaction, Map<QueueName, Integer> counts) {
        Map<QueueName, Integer> own = open.get(transaction);
        if (own == null) {
            counts.forEach(bells::ring);
        } else {
            counts.forEach((queue, count) -> own.merge(queue, count, Integer::sum));
        }
    }
}
