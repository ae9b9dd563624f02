// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Which words a database wants where the texts cannot be the same: its tables, and how late it is. */
public enum Dialect {
    /** MySQL, MariaDB, and Vitess, which speaks like MySQL. */
    MYSQL,
    /** PostgreSQL. */
    POSTGRESQL;

    /**
     * Asks a database what it is.
     *
     * @param connection to it
     * @return its dialect
     * @throws SQLException if it does not answer, or is another
     */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "MariaDB", "MySQL" -> MYSQL;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new SQLException("the database is " + product + "; MariaDB, MySQL and PostgreSQL are understood");
        };
    }

    /**
     * Where its own texts are.
     *
     * @return the name of a folder
     */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
