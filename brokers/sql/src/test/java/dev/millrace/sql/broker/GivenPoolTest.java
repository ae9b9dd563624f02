// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Guarantee;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.sql.MeagrePool;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pools of users are of many kinds, and none of them costs a job. */
@Tag("slow")
class GivenPoolTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** Before leases end. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final String table = "g_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private SqlBroker open(DataSource pool) {
        return SqlBroker.builder().at(pool, "shop").table(table).open();
    }

    private static Job job(String text) {
        return Job.of("q", Payload.text(text));
    }

    private static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.payload().text()).toList();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void poolThatDoesNotCommitLosesNothing(SqlServer server) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(config);
                SqlBroker broker = open(pool)) {
            assertThat(broker.send(List.of(job("one")))).hasOnlyElementsOfType(Stored.class);
            assertThat(broker.send(List.of(job("two"), job("three")))).hasOnlyElementsOfType(Stored.class);
            try (SqlBroker other =
                    SqlBroker.builder().at(server.url()).table(table).open()) {
                Receiver receiver = broker.receiver(Subscription.to("q", 9, LONG));
                List<Delivery> taken = receiver.receive(9, LONG);
                assertThat(texts(taken)).containsExactly("one", "two", "three");
                assertThat(receiver.settle(acks(taken))).containsOnly(Settled.CONFIRMED);
                assertThat(other.queues()).isEmpty();
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void connectionsComeBackAsTheyWere(SqlServer server) throws Exception {
        for (boolean commits : new boolean[] {true, false}) {
            try (MeagrePool pool = new MeagrePool(server, 1, commits)) {
                int isolation;
                int timeout;
                try (Connection connection = pool.getConnection()) {
                    isolation = connection.getTransactionIsolation();
                    connection.setNetworkTimeout(Runnable::run, 40_000);
                    timeout = connection.getNetworkTimeout();
                    if (!commits) {
                        connection.commit();
                    }
                }
                try (SqlBroker broker = open(pool)) {
                    assertThatExceptionOfType(IllegalStateException.class)
                            .isThrownBy(() -> broker.inTransaction(connection -> {
                                broker.send(connection, List.of(job("never")));
                                throw new IllegalStateException("the handler failed");
                            }));
                    broker.send(List.of(job("one")));
                    broker.send(List.of(job("two"), job("three")));
                    try (SqlBroker other =
                            SqlBroker.builder().at(server.url()).table(table).open()) {
                        Receiver receiver = other.receiver(Subscription.to("q", 9, LONG));
                        List<Delivery> taken = receiver.receive(9, LONG);
                        assertThat(texts(taken)).containsExactly("one", "two", "three");
                        receiver.settle(acks(taken));
                    }
                }
                try (Connection connection = pool.getConnection()) {
                    assertThat(connection.getAutoCommit()).isEqualTo(commits);
                    assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
                    assertThat(connection.getNetworkTimeout()).isEqualTo(timeout);
                }
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void connectionsThatTheServerEndedAreGivenBack(SqlServer server) throws Exception {
        try (MeagrePool pool = new MeagrePool(server, 2);
                SqlBroker broker = open(pool)) {
            for (int i = 0; i < 3; i++) {
                pool.endIdle();
                WaitFor.until("a job is sent over a new connection", () -> sends(broker));
                assertThat(pool.free()).isEqualTo(2);
            }
        }
    }

    private static boolean sends(SqlBroker broker) {
        try {
            broker.send(List.of(job("one")));
            broker.inTransaction(connection -> broker.send(connection, List.of(job("two"))));
            return true;
        } catch (BrokerException e) {
            assertThat(e).hasMessageNotContaining("all connections are lent");
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void oneConnectionIsEnoughToEnqueueInATransactionAndToReceive(SqlServer server) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(10_000);
        try (HikariDataSource pool = new HikariDataSource(config);
                SqlBroker broker = open(pool)) {
            Receiver receiver = broker.receiver(Subscription.to("q", 9, LONG));
            for (int i = 0; i < 2; i++) {
                // What is known of pauses is too old by then.
                assertThat(receiver.receive(9, Duration.ofMillis(1_200))).isEmpty();
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    broker.send(connection, List.of(job("in a transaction")));
                    connection.commit();
                }
                List<Delivery> taken = receiver.receive(9, LONG);
                assertThat(taken).hasSize(1);
                receiver.settle(List.of(new Settlement.Ack(taken.getFirst())));
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void whatWasTakenIsHandedOutAlthoughTheNextStepFails(SqlServer server) throws Exception {
        for (Guarantee guarantee : Guarantee.values()) {
            try (MeagrePool pool = new MeagrePool(server, 3);
                    SqlBroker broker = open(pool)) {
                for (int refused = 0; refused < 6; refused++) {
                    broker.send(List.of(job("a"), job("expired").expiringAfter(Duration.ofNanos(1)), job("b")));
                    broker.send(List.of(Job.of("r", Payload.text("c"))));
                    Receiver receiver = broker.receiver(
                            new Subscription(List.of(new QueueName("q"), new QueueName("r")), 3, LONG, guarantee));
                    pool.refuseAfter(refused);
                    assertThat(receiveAll(receiver))
                            .as("refusal %d, %s", refused, guarantee)
                            .containsExactlyInAnyOrder("a", "b", "c");
                    receiver.close();
                    pool.refuseAfter(Integer.MAX_VALUE);
                    truncate(pool);
                }
            }
        }
    }

    private static List<String> receiveAll(Receiver receiver) throws InterruptedException {
        List<String> all = new ArrayList<>();
        long end = System.nanoTime() + SOON.toNanos();
        while (all.size() < 3 && System.nanoTime() < end) {
            try {
                all.addAll(texts(receiver.receive(3, Duration.ofMillis(300))));
            } catch (BrokerException e) {
                assertThat(e).hasMessageContaining("no connection just now");
            }
        }
        return all;
    }

    private void truncate(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                var emptying = connection.createStatement()) {
            emptying.execute("DELETE FROM " + table);
        }
    }

    private static List<Settlement> acks(List<Delivery> taken) {
        return taken.stream().<Settlement>map(Settlement.Ack::new).toList();
    }
}
