// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.vitess.VitessSite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Tables of tests, beside the broker. */
final class Tables {
    private Tables() {}

    static void drop(VitessSite site, String... tables) {
        for (String table : tables) {
            update(site, "DROP TABLE IF EXISTS " + table);
        }
    }

    static void update(VitessSite site, String statement) {
        try (Connection connection = site.jdbc().getConnection();
                Statement updating = connection.createStatement()) {
            updating.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of an answer. */
    static List<String> ask(VitessSite site, String question) {
        try (Connection connection = site.jdbc().getConnection();
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery(question)) {
            List<String> answer = new ArrayList<>();
            while (rows.next()) {
                answer.add(rows.getString(1));
            }
            return answer;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
