// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;

/**
 * Somebody who uses a database beside the broker, each time on another connection. What fails there fails the test.
 * Thread-safe.
 */
public final class SqlClient {
    private final DataSource source;

    /**
     * A client that has nothing open.
     *
     * @param source makes connections
     */
    public SqlClient(DataSource source) {
        this.source = source;
    }

    /**
     * Runs statements, each by itself.
     *
     * @param statements what to run, in this order
     */
    public void run(String... statements) {
        try (Connection connection = source.getConnection();
                Statement running = connection.createStatement()) {
            for (String statement : statements) {
                running.execute(statement);
            }
        } catch (SQLException e) {
            throw new AssertionError(String.join("; ", statements), e);
        }
    }

    /**
     * Asks for rows.
     *
     * @param question a query
     * @return a text for each row: its columns, with a space between them
     */
    public List<String> ask(String question) {
        try (Connection connection = source.getConnection();
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery(question)) {
            List<String> answer = new ArrayList<>();
            while (rows.next()) {
                answer.add(text(rows));
            }
            return answer;
        } catch (SQLException e) {
            throw new AssertionError(question, e);
        }
    }

    private static String text(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        StringJoiner all = new StringJoiner(" ");
        for (int column = 1; column <= columns; column++) {
            all.add(row.getString(column));
        }
        return all.toString();
    }

    /**
     * Drops tables, if they are there.
     *
     * @param tables their names
     */
    public void drop(String... tables) {
        for (String table : tables) {
            run("DROP TABLE IF EXISTS " + table);
        }
    }
}
