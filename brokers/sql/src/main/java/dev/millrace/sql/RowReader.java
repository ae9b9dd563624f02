// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads the columns of a message. Thread-safe.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
public interface RowReader<T> {
    /**
     * Reads one.
     *
     * @param row on the message, with the columns of the queue by their names
     * @return what it is read as
     * @throws SQLException if a column is not what was thought
     */
    T read(ResultSet row) throws SQLException;
}
