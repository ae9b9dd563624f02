// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done with a connection.
 *
 * @param <R> what comes of it
 */
@FunctionalInterface
public interface Sql<R> {
    /**
     * Does it.
     *
     * @param connection open
     * @return what comes of it
     * @throws SQLException if the database fails
     */
    R on(Connection connection) throws SQLException;
}
