// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is the SQL broker's own, beside what every broker must. */
class SqlBrokerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.postgres());
    }

    private static long count(SqlServer server, String question) throws SQLException {
        try (Connection connection = TestDatabase.source(server).getConnection();
                Statement asking = connection.createStatement();
                ResultSet row = asking.executeQuery(question)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void urlOpensTheBroker(SqlServer server) throws Exception {
        String url = server.url() + "&millrace.table=" + table + "&millrace.history=PT1M&millrace.connections=3";
        try (Broker broker = Brokers.open(url)) {
            assertThat(broker.name()).startsWith("jdbc:").doesNotContain("?");
            broker.send(List.of(Job.of("q", Payload.text("by URL"))));
            assertThat(broker.receiver(Subscription.to("q", 1, LONG)).receive(1, LONG))
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.payload().text()).isEqualTo("by URL"));
        }
        assertThat(count(server, "SELECT COUNT(*) FROM " + table)).isEqualTo(1);
    }

    @Test
    void unknownDatabasesAndOptionsAreRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("jdbc:oracle:thin:@x"))
                .withMessageContaining("jdbc:postgresql://host/database");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("jdbc:mariadb://127.0.0.1/x?millrace.tabel=a"))
                .withMessageContaining("millrace.table");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("jdbc:mariadb://127.0.0.1/x?millrace.table=a-b"))
                .withMessageContaining("a-b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("jdbc:mariadb://127.0.0.1/x?millrace.poll=5"))
                .withMessageContaining("millrace.poll");
    }

    @Test
    void databaseThatIsNotThereIsAPassingFailure() {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> Brokers.open("jdbc:postgresql://127.0.0.1:1/x?user=nobody"))
                .withMessageContaining("no connection");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void poolOfTheUserStaysOpenAndNeedsNoIsolation(SqlServer server) throws Exception {
        try (Broker broker = SqlBroker.builder()
                .at(TestDatabase.source(server), "shop")
                .table(table)
                .open()) {
            broker.send(List.of(Job.of("q", Payload.text("one"))));
            var receiver = broker.receiver(Subscription.to("q", 1, LONG));
            var delivery = receiver.receive(1, LONG).getFirst();
            receiver.settle(List.of(new Settlement.Ack(delivery)));
            assertThat(broker.name()).isEqualTo("shop");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void missingStepsAreShownAndThenThereAreNone(SqlServer server) throws Exception {
        SqlBrokerBuilder builder = SqlBroker.builder().at(server.url()).table(table);
        assertThat(builder.missingSteps())
                .anyMatch(step -> step.contains("CREATE TABLE IF NOT EXISTS " + table + " ("));
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> builder.createTables(false).open())
                .matches(e -> !e.isPassing());
        builder.createTables(true).open().close();
        assertThat(builder.missingSteps()).isEmpty();
        builder.createTables(false).open().close();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whatIsDoneIsForgottenAfterItsTime(SqlServer server) throws Exception {
        try (Broker broker = SqlBroker.builder()
                .at(server.url())
                .table(table)
                .history(Duration.ZERO)
                .open()) {
            broker.send(List.of(Job.of("q", Payload.text("one")), Job.of("q", Payload.text("two"))));
            var receiver = broker.receiver(Subscription.to("q", 2, LONG));
            receiver.settle(List.of(new Settlement.Ack(receiver.receive(1, LONG).getFirst())));
            assertThat(count(server, "SELECT COUNT(*) FROM " + table)).isEqualTo(2);
        }
        try (Broker broker = SqlBroker.builder()
                .at(server.url())
                .table(table)
                .history(Duration.ZERO)
                .open()) {
            broker.receiver(Subscription.to("q", 2, LONG)).receive(1, Duration.ZERO);
            assertThat(count(server, "SELECT COUNT(*) FROM " + table)).isEqualTo(1);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void connectionThatCommitsByItselfIsRefused(SqlServer server) throws Exception {
        try (SqlBroker broker =
                        SqlBroker.builder().at(server.url()).table(table).open();
                Connection connection = TestDatabase.source(server).getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broker.send(connection, List.of(Job.of("q", Payload.empty()))))
                    .withMessageContaining("setAutoCommit(false)");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void anotherProcessFindsAJobByLooking(SqlServer server) throws Exception {
        try (Broker one = SqlBroker.builder().at(server.url()).table(table).open();
                Broker two = SqlBroker.builder().at(server.url()).table(table).open()) {
            var receiver = two.receiver(Subscription.to("q", 1, LONG));
            assertThat(receiver.receive(1, Duration.ofMillis(600))).isEmpty();
            one.send(List.of(Job.of("q", Payload.text("from elsewhere"))));
            assertThat(receiver.receive(1, Duration.ofSeconds(5))).hasSize(1);
        }
    }
}
