// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.TransactionalBroker.Work;
import dev.millrace.job.QueueName;
import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.Loan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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
    private static final Logger LOG = System.getLogger(OwnTransactions.class.getName());

    private final Database database;
    private final Bells bells;
    private final Map<Connection, Map<QueueName, Integer>> open = new ConcurrentHashMap<>();

    OwnTransactions(Database database, Bells bells) {
        this.database = database;
        this.bells = bells;
    }

    <R> R run(Work<Connection, R> work) throws Exception {
        Loan loan = Failures.told(database::lend);
        Connection connection = loan.connection();
        Map<QueueName, Integer> counts = new HashMap<>();
        R result;
        try {
            Failures.told(() -> begun(connection, counts));
            result = work.in(connection);
            Failures.told(() -> committed(connection));
        } catch (Exception | Error e) {
            Database.rollBack(connection, e);
            throw e;
        } finally {
            open.remove(connection);
            giveBack(loan);
        }
        counts.forEach(bells::ring);
        return result;
    }

    private boolean begun(Connection connection, Map<QueueName, Integer> counts) throws SQLException {
        connection.setAutoCommit(false);
        open.put(connection, counts);
        return true;
    }

    private static boolean committed(Connection connection) throws SQLException {
        connection.commit();
        return true;
    }

    /** Whatever was committed stays so, or was rolled back, whether that is well or not. */
    private static void giveBack(Loan loan) {
        try {
            loan.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection could not be given back", e);
        }
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
