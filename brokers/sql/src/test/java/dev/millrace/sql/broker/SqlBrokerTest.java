// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.servers.SqlServer;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is the SQL broker's own, beside what every broker must. */
@Tag("slow")
class SqlBrokerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private SqlBroker open(SqlServer server) {
        return SqlBroker.builder().at(server.url()).table(table).open();
    }

    private static long count(SqlServer server, String question) {
        return Long.parseLong(TestDatabase.client(server).ask(question).get(0));
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
    void jobsOfOneProducerComeInOrder(SqlServer server) throws Exception {
        try (Broker broker = open(server)) {
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                sent.add("job " + i);
                broker.send(List.of(Job.of("q", Payload.text("job " + i))));
            }
            List<String> taken = broker.receiver(Subscription.to("q", 200, LONG)).receive(200, LONG).stream()
                    .map(delivery -> delivery.payload().text())
                    .toList();
            assertThat(taken).isEqualTo(sent);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void numberThatAnotherProcessGaveIsReplaced(SqlServer server) throws Exception {
        ManualTime still = new ManualTime();
        try (SqlBroker one = SqlBroker.builder()
                        .at(server.url())
                        .table(table)
                        .clock(still)
                        .open();
                Connection connection = TestDatabase.source(server).getConnection()) {
            // The next broker has the number of the first.
            TestDatabase.client(server).run("UPDATE " + table + "_meta SET value = value - 1 WHERE name = 'node'");
            try (SqlBroker same = SqlBroker.builder()
                    .at(server.url())
                    .table(table)
                    .clock(still)
                    .open()) {
                List<Job> jobs = List.of(
                        Job.of("q", Payload.text("a")),
                        Job.of("q", Payload.text("b")).withId("b"));
                connection.setAutoCommit(false);
                one.send(jobs);
                assertThatExceptionOfType(BrokerException.class)
                        .isThrownBy(() -> same.send(connection, jobs.subList(0, 1)))
                        .withMessageContaining("roll the transaction back")
                        .matches(BrokerException::isPassing);
                connection.rollback();
                assertThat(same.send(connection, jobs)).hasExactlyElementsOfTypes(Stored.class, Duplicate.class);
                connection.commit();
            }
            TestDatabase.client(server).run("UPDATE " + table + "_meta SET value = 0 WHERE name = 'node'");
            try (SqlBroker same = SqlBroker.builder()
                    .at(server.url())
                    .table(table)
                    .clock(still)
                    .open()) {
                assertThat(same.send(List.of(Job.of("q", Payload.text("c"))))).hasOnlyElementsOfType(Stored.class);
                assertThat(same.send(List.of(Job.of("q", Payload.text("d")).withId("d"))))
                        .hasOnlyElementsOfType(Stored.class);
            }
        }
        assertThat(count(server, "SELECT COUNT(*) FROM " + table)).isEqualTo(5);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void poolGrowsWithTheHandlersThatHoldATransaction(SqlServer server) throws Exception {
        int handlers = 30;
        CountDownLatch inside = new CountDownLatch(handlers);
        CountDownLatch done = new CountDownLatch(handlers);
        try (SqlBroker broker = open(server);
                Worker worker = Worker.on(broker)
                        .queue("q", handlers)
                        .handleIn("q", (payload, job, connection) -> {
                            inside.countDown();
                            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
                            done.countDown();
                        })
                        .start()) {
            broker.send(Collections.nCopies(handlers, Job.of("q", Payload.empty())));
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.health().status()).isEqualTo(Health.Status.RUNNING);
        }
    }

    @Test
    void tooManyHandlersInTransactionsAreRefused() {
        String url = TestDatabase.postgres().url();
        try (SqlBroker broker =
                SqlBroker.builder().at(url).table(table).connections(4).open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Worker.on(broker)
                            .queue("q", 3)
                            .handleIn("q", (payload, job, connection) -> {})
                            .start())
                    .withMessageContaining("has 4; give it 5 or more");
        }
        HikariConfig three = new HikariConfig();
        three.setJdbcUrl(url);
        three.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(three);
                SqlBroker broker =
                        SqlBroker.builder().at(pool, "shop").table(table).open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broker.prepareFor(2))
                    .withMessageContaining("the pool of shop has 3; give it 4 or more");
            broker.prepareFor(1);
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
            assertThat(receiver.receive(1, LONG)).hasSize(1);
        }
    }
}
