// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/* Over 300 lines: many short tests of one driver. */
/** Connections of JDBC to vtgate's gRPC port. */
@Tag("slow")
class JdbcTest {
    private final FakeVitess site = new FakeVitess();
    private final VitessDataSource source = VitessDataSource.at(site.url());
    private final String table = "j_" + UUID.randomUUID().toString().replace('-', '_');

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement creating = connection.createStatement()) {
            creating.execute("CREATE TABLE " + table + " (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(100), price"
                    + " DECIMAL(20, 4), weight DOUBLE, flag TINYINT, body LONGBLOB, moment DATETIME(6))");
        }
    }

    @AfterEach
    void dropTable() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement dropping = connection.createStatement()) {
            dropping.execute("DROP TABLE " + table);
        }
        source.close();
        site.close();
    }

    private void insert(Connection connection, long id) throws SQLException {
        try (PreparedStatement inserting = connection.prepareStatement("INSERT INTO " + table + " (id) VALUES (?)")) {
            inserting.setLong(1, id);
            assertThat(inserting.executeUpdate()).isEqualTo(1);
        }
    }

    private List<Long> ids() throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement asking = connection.createStatement();
                ResultSet rows = asking.executeQuery("SELECT id FROM " + table + " ORDER BY id")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    private Connection transaction() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    void valuesComeBackAsTheyWere() throws SQLException {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        LocalDateTime moment = LocalDateTime.of(2026, 11, 27, 1, 2, 3, 456_000);
        try (Connection connection = source.getConnection();
                PreparedStatement inserting =
                        connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            inserting.setLong(1, Long.MAX_VALUE);
            inserting.setString(2, "What? 'Is' \\ \"this\": \u00fc \ud83d\ude00");
            inserting.setBigDecimal(3, new BigDecimal("-1234567890123456.7891"));
            inserting.setDouble(4, 0.1);
            inserting.setBoolean(5, true);
            inserting.setBytes(6, bytes);
            inserting.setObject(7, moment);
            inserting.executeUpdate();
            try (PreparedStatement asking = connection.prepareStatement(
                            "SELECT t.*, '?' AS mark FROM " + table + " t WHERE id = ? /* ? */");
                    ResultSet row = question(asking)) {
                assertThat(row.next()).isTrue();
                assertThat(row.getLong("ID")).isEqualTo(Long.MAX_VALUE);
                assertThat(row.getString("name")).isEqualTo("What? 'Is' \\ \"this\": \u00fc \ud83d\ude00");
                assertThat(row.getBigDecimal("price")).isEqualTo("-1234567890123456.7891");
                assertThat(row.getDouble("weight")).isEqualTo(0.1);
                assertThat(row.getBoolean("flag")).isTrue();
                assertThat(row.getBytes("body")).isEqualTo(bytes);
                assertThat(row.getString("moment")).startsWith("2026-11-27 01:02:03.000456");
                assertThat(row.getString("mark")).isEqualTo("?");
                assertThat(row.getObject("id")).isEqualTo(Long.MAX_VALUE);
                assertThat(row.getObject("price")).isEqualTo(new BigDecimal("-1234567890123456.7891"));
                assertThat(row.getObject("weight")).isEqualTo(0.1);
                assertThat(row.getObject("body")).isEqualTo(bytes);
                assertThat(row.next()).isFalse();
            }
        }
    }

    private static ResultSet question(PreparedStatement asking) throws SQLException {
        asking.setLong(1, Long.MAX_VALUE);
        return asking.executeQuery();
    }

    @Test
    void nothingIsToldFromZeroByWasNull() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement inserting =
                        connection.prepareStatement("INSERT INTO " + table + " (id, name, flag) VALUES (?, ?, ?)")) {
            inserting.setLong(1, 1);
            inserting.setNull(2, Types.VARCHAR);
            inserting.setInt(3, 0);
            inserting.executeUpdate();
            try (Statement asking = connection.createStatement();
                    ResultSet row = asking.executeQuery("SELECT name, flag, weight FROM " + table)) {
                row.next();
                assertThat(row.getString(1)).isNull();
                assertThat(row.wasNull()).isTrue();
                assertThat(row.getInt(2)).isZero();
                assertThat(row.wasNull()).isFalse();
                assertThat(row.getObject("weight")).isNull();
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> row.getInt("price"))
                        .withMessageContaining("[name, flag, weight]");
            }
        }
    }

    @Test
    void updateCountsTheRowsThatItFindsAsDriversHaveIt() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement updating = connection.createStatement()) {
            insert(connection, 1);
            assertThat(updating.executeUpdate("UPDATE " + table + " SET id = 1"))
                    .isEqualTo(1);
        }
    }

    @Test
    void transactionIsSeenWhenItIsCommittedAndNotWhenItIsRolledBack() throws SQLException {
        try (Connection connection = transaction()) {
            insert(connection, 1);
            assertThat(ids()).isEmpty();
            connection.rollback();
            insert(connection, 2);
            connection.commit();
            assertThat(ids()).containsExactly(2L);
            insert(connection, 3);
            connection.setAutoCommit(true);
            assertThat(ids()).containsExactly(2L, 3L);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connection::commit)
                    .withMessageContaining("setAutoCommit(false)");
            connection.setAutoCommit(false);
            insert(connection, 4);
        }
        WaitFor.until("what was not committed is rolled back", () -> site.openTransactions() == 0);
        assertThat(ids()).containsExactly(2L, 3L);
    }

    @Test
    void savepointMayBeTheFirstThingInATransaction() throws SQLException {
        try (Connection connection = transaction()) {
            Savepoint first = connection.setSavepoint();
            insert(connection, 1);
            connection.rollback(first);
            Savepoint second = connection.setSavepoint("a `name`");
            insert(connection, 2);
            connection.releaseSavepoint(second);
            connection.commit();
        }
        assertThat(ids()).containsExactly(2L);
    }

    @Test
    void transactionGoesOnThroughAnotherVtgate() throws SQLException {
        try (Connection connection = transaction()) {
            insert(connection, 1);
            restartVtgate();
            insert(connection, 2);
            restartVtgate();
            connection.commit();
        }
        assertThat(ids()).containsExactly(1L, 2L);
    }

    /** Until it is noticed, which statements are told that are sent meanwhile. */
    private void restartVtgate() {
        site.restartVtgate();
        WaitFor.until("vtgate answers again", () -> {
            try {
                return ids().isEmpty();
            } catch (SQLException notYet) {
                return false;
            }
        });
    }

    @Test
    void transactionThatItsTabletForgotIsRolledBack() throws SQLException {
        try (Connection connection = transaction()) {
            insert(connection, 1);
            site.killTransactions();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> insert(connection, 2))
                    .matches(e -> e.getSQLState().startsWith("40"));
            connection.rollback();
            insert(connection, 3);
            site.killTransactions();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connection::commit)
                    .matches(e -> e.getSQLState().startsWith("40"));
            insert(connection, 4);
            connection.commit();
        }
        assertThat(ids()).containsExactly(4L);
    }

    @Test
    void connectionWhoseAnswerIsLostIsOfNoMoreUseAndItsTransactionIsRolledBack() throws SQLException {
        try (FaultyProxy proxy = new FaultyProxy(site.port());
                VitessDataSource far = VitessDataSource.at("vitess://" + proxy.address() + "/jobs?timeout=PT0.5S");
                Connection connection = far.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, 1);
            proxy.swallow();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> insert(connection, 2))
                    .matches(e -> e.getSQLState().equals("08S01"));
            assertThat(connection.isValid(1)).isFalse();
            assertThat(connection.isClosed()).isTrue();
            proxy.heal();
            WaitFor.until("it is rolled back on parting", () -> site.openTransactions() == 0);
            insert(far.getConnection(), 3);
        }
        assertThat(ids()).containsExactly(3L);
    }

    @Test
    void errorsHaveTheStateAndTheCodeOfMysqlAndNotTheStatement() throws SQLException {
        try (Connection connection = source.getConnection()) {
            insert(connection, 77);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> insert(connection, 77))
                    .matches(e -> e.getErrorCode() == 1062 && e.getSQLState().equals("23000"))
                    .withMessageContaining("Duplicate entry '77'")
                    .withMessageNotContaining("BindVars");
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void batchOfRowsIsStoredAndAnyOtherIsDone() throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement inserting =
                        connection.prepareStatement("INSERT INTO " + table + " (id, name) VALUES (?, ?)");
                PreparedStatement updating =
                        connection.prepareStatement("UPDATE " + table + " SET name = ? WHERE id = ?")) {
            for (int i = 0; i < 300; i++) {
                inserting.setLong(1, i);
                inserting.setString(2, "n" + i);
                inserting.addBatch();
            }
            assertThat(inserting.executeBatch()).hasSize(300).containsOnly(Statement.SUCCESS_NO_INFO);
            for (int i = 299; i < 301; i++) {
                updating.setString(1, "changed");
                updating.setLong(2, i);
                updating.addBatch();
            }
            assertThat(updating.executeBatch()).containsExactly(1, 0);
        }
        assertThat(ids()).hasSize(300);
    }

    @Test
    void whatIsNotThereIsNamed() throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
                    .isThrownBy(() -> connection.prepareCall("CALL p()"))
                    .withMessageContaining("Connection.prepareCall");
            assertThat(connection.toString()).contains(site.url());
            assertThat(Set.of(connection, source.getConnection())).hasSize(2).contains(connection);
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            connection.close();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(connection::createStatement)
                    .withMessageContaining("closed");
        }
    }

    @Test
    void abortEndsAWaitAtOnce() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(site.port());
                VitessDataSource far = VitessDataSource.at("vitess://" + proxy.address() + "/jobs?timeout=PT1M");
                Connection connection = far.getConnection()) {
            proxy.swallow();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    insert(connection, 1);
                } catch (SQLException aborted) {
                    // That is what is wanted.
                }
            });
            WaitFor.until("it waits", () -> waiting.getState() == Thread.State.WAITING);
            connection.abort(Runnable::run);
            assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
            proxy.heal();
        }
    }
}
