// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.sql.database.Database;
import dev.millrace.sql.database.Dialect;
import dev.millrace.sql.database.RowIds;
import dev.millrace.sql.database.Texts;
import dev.millrace.sql.database.Trouble;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/*
 * Each step is one statement in a resource of its own, schema/<dialect>/<number>.sql, and never changes once it was released. A
 * counter beside the table says how many were done. Databases commit a change of tables at once, so each step can be done again
 * after it was interrupted: it creates what is not there.
 */
/** Makes the tables, step by step. */
final class Schema {
    private static final String STEPS = "steps";
    private static final String NODE = "node";
    /** By then there is a place to count the steps. */
    private static final int COUNTED_FROM = 2;

    private final Database database;
    private final Texts texts;
    private final Dialect dialect;

    Schema(Database database, Texts texts, Dialect dialect) {
        this.database = database;
        this.texts = texts;
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    /** The statements that are still to be run, in their order. */
    List<String> missing() throws SQLException {
        List<String> missing = new ArrayList<>();
        for (int step = done() + 1; texts.has(name(step)); step++) {
            missing.add(texts.of(name(step)));
        }
        return missing;
    }

    private String name(int step) {
        return "schema/" + dialect.folder() + "/" + step;
    }

    private int done() throws SQLException {
        return database.alone(connection -> {
            try {
                return (int) counter(connection, STEPS);
            } catch (SQLException noSuchTable) {
                if (Trouble.isPassing(noSuchTable)) {
                    throw noSuchTable;
                }
                return 0;
            }
        });
    }

    void migrate() throws SQLException {
        int step = done() + 1;
        for (String text : missing()) {
            int number = step++;
            database.alone(connection -> {
                run(connection, text);
                if (number >= COUNTED_FROM) {
                    done(connection, number);
                }
                return number;
            });
        }
    }

    /** However long it takes: an index of a large table may. */
    private static void run(Connection connection, String text) throws SQLException {
        int patience = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        try (Statement creating = connection.createStatement()) {
            creating.execute(text);
        } catch (SQLException e) {
            // Two that begin at once do the same; in PostgreSQL the slower one may be told that it is there.
            if (!Trouble.isThere(e)) {
                throw e;
            }
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, patience);
            }
        }
    }

    /** A number for this process that others do not have, unless there are thousands of them. */
    int node() throws SQLException {
        return database.together(connection -> {
            count(connection);
            return (int) (counter(connection, NODE) % RowIds.MOST_NODES);
        });
    }

    private void count(Connection connection) throws SQLException {
        try (PreparedStatement counting = connection.prepareStatement(texts.of("schema/count"))) {
            counting.setInt(1, 1);
            counting.setString(2, NODE);
            counting.executeUpdate();
        }
    }

    private void done(Connection connection, int step) throws SQLException {
        try (PreparedStatement counting = connection.prepareStatement(texts.of("schema/set"))) {
            counting.setInt(1, step);
            counting.setInt(2, step);
            counting.setString(3, STEPS);
            counting.executeUpdate();
        }
    }

    private long counter(Connection connection, String counter) throws SQLException {
        try (PreparedStatement asking = connection.prepareStatement(texts.of("schema/counted"))) {
            asking.setString(1, counter);
            try (ResultSet row = asking.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    String now() {
        return texts.of("schema/" + dialect.folder() + "/now");
    }
}
