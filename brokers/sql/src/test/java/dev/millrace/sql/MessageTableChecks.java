// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a table is to be like, and what is said if it is not. */
abstract class MessageTableChecks extends MessageTable {
    private TableReport check() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return queue.check(connection);
        }
    }

    @Test
    void goodTableHasNoProblemsAndIsToldWhatVitessNeeds() throws Exception {
        TableReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.advice()).singleElement().asString().contains("vt_ack_wait");
        client.run(report.statements().toArray(String[]::new));
        assertThat(check().advice()).isEmpty();
    }

    @Test
    void whatATableLacksIsSaidAndTheStatementsMendIt() throws Exception {
        client.run(
                "DROP TABLE " + table,
                "CREATE TABLE " + table + " (id BIGINT NOT NULL, epoch BIGINT, time_next BIGINT, time_acked BIGINT,"
                        + " tenant_id BIGINT, message VARCHAR(200))");
        TableReport report = check();
        assertThat(report.problems())
                .anyMatch(problem -> problem.contains("priority"))
                .anyMatch(problem -> problem.contains("time_next"))
                .anyMatch(problem -> problem.contains("unique"));
        assertThatExceptionOfType(MessageQueueException.class)
                .isThrownBy(this::open)
                .withMessageContaining("ALTER TABLE");
        client.run(report.statements().toArray(String[]::new));
        assertThat(check().problems()).isEmpty();
        assertThat(check().advice()).isEmpty();
    }

    @Test
    void missingTableAndMissingColumnAreSaid() throws Exception {
        client.run("ALTER TABLE " + table + " DROP COLUMN message");
        assertThat(check().problems()).singleElement().asString().contains("message");
        client.run("DROP TABLE " + table);
        assertThat(check().problems()).singleElement().asString().contains("no such table");
    }

    @Test
    void layoutOf2018IsRefusedWithItsMigration() throws Exception {
        client.run(
                "DROP TABLE " + table,
                "CREATE TABLE " + table + " (time_scheduled BIGINT, id BIGINT NOT NULL, time_next BIGINT, epoch BIGINT,"
                        + " time_created BIGINT, time_acked BIGINT, tenant_id BIGINT, message VARCHAR(200))");
        TableReport report = check();
        assertThat(report.problems()).singleElement().asString().contains("2018");
        assertThat(report.statements()).anyMatch(statement -> statement.contains("DROP COLUMN time_scheduled"));
    }

    @Test
    void namesThatAreNotPlainAreRefused() {
        for (String name : List.of("", "select", "a`b", "a b", "A", "1a", "a;drop", "x".repeat(64))) {
            assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of(name));
            assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", name));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", "time_next"));
        assertThatIllegalArgumentException().isThrownBy(() -> MessageQueue.of("t", "a", "a"));
    }
}
