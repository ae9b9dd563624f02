// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.TransactionalBroker.Work;
import dev.millrace.sql.database.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** Does what others want done in a transaction: once, for nobody knows what else they do. */
final class OwnTransaction {
    private final Database database;

    OwnTransaction(Database database) {
        this.database = database;
    }

    <R> R run(Work<Connection, R> work) throws Exception {
        try (Connection connection = begin()) {
            R result;
            try {
                result = work.in(connection);
            } catch (Exception | Error e) {
                Database.rollBack(connection, e);
                throw e;
            }
            Failures.told(() -> committed(connection));
            return result;
        }
    }

    private Connection begin() {
        return Failures.told(() -> {
            Connection connection = database.connection();
            connection.setAutoCommit(false);
            return connection;
        });
    }

    private static boolean committed(Connection connection) throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
        return true;
    }
}
