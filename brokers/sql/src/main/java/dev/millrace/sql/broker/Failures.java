// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.sql.database.Trouble;
import java.sql.SQLException;

/** Says what databases say in the words of brokers. */
final class Failures {
    private Failures() {}

    /** What asks a database. */
    interface Question<R> {
        R ask() throws SQLException;
    }

    static <R> R told(Question<R> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            throw of(e);
        }
    }

    static BrokerException of(SQLException e) {
        String message = "the database failed: " + e.getMessage();
        return Trouble.isPassing(e) ? BrokerException.passing(message, e) : BrokerException.lasting(message, e);
    }
}
