// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.PgBouncer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever waits is woken by what others commit, long before he would have looked by himself. */
@Tag("slow")
class WakingTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** How long receivers of these tests leave it to others to wake them. */
    private static final Duration POLL = Duration.ofSeconds(60);

    private static final long SOON_SECONDS = 10;
    private final String table = "w_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private SqlBroker open(String url) {
        return SqlBroker.builder().at(url).table(table).poll(POLL).open();
    }

    /** A receiver that would look again in half a minute only. */
    private static Receiver waiting(SqlBroker broker) throws InterruptedException {
        Receiver receiver = broker.receiver(Subscription.to("q", 1, LONG));
        for (int i = 0; i < 14; i++) {
            // A wait that is over sooner than it would look is one look; each doubles the time to the next.
            assertThat(receiver.receive(1, Duration.ofMillis(1))).isEmpty();
        }
        return receiver;
    }

    private static CompletableFuture<List<Delivery>> take(Receiver receiver) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return receiver.receive(1, POLL);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void byAnotherProcess(SqlServer server) throws Exception {
        wakes(server.url());
    }

    private void wakes(String url) throws Exception {
        try (SqlBroker one = open(url);
                SqlBroker two = open(url)) {
            Receiver receiver = waiting(two);
            CompletableFuture<List<Delivery>> taken = take(receiver);
            awaitWaiting(two);
            one.send(List.of(Job.of("q", Payload.text("from elsewhere"))));
            assertThat(taken.get(SOON_SECONDS, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    /** Until its receiver waits, and its lookout has begun. */
    private static void awaitWaiting(SqlBroker broker) {
        WaitFor.until("somebody waits", () -> !broker.site().bells().waiting().isEmpty());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void byATransactionOfTheCallers(SqlServer server) throws Exception {
        try (SqlBroker broker = open(server.url());
                Connection connection = DriverManager.getConnection(server.url())) {
            connection.setAutoCommit(false);
            broker.send(connection, List.of(Job.of("q", Payload.text("later"))));
            CompletableFuture<List<Delivery>> taken = take(waiting(broker));
            awaitWaiting(broker);
            assertThat(taken).isNotDone();
            connection.commit();
            assertThat(taken.get(SOON_SECONDS, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void behindAPoolerThatHearsNothing() throws Exception {
        try (PgBouncer pooler = new PgBouncer((PostgresServer) TestDatabase.postgres())) {
            wakes(pooler.url());
        }
    }

    @Test
    void afterTheConnectionThatListensWasLost() throws Exception {
        SqlServer server = TestDatabase.postgres();
        try (SqlBroker one = open(server.url());
                SqlBroker two = open(server.url())) {
            Receiver receiver = waiting(two);
            CompletableFuture<List<Delivery>> taken = take(receiver);
            awaitWaiting(two);
            WaitFor.until("somebody listens", () -> somebodyListens(server));
            one.send(List.of(Job.of("q", Payload.text("first"))));
            assertThat(taken.get(SOON_SECONDS, TimeUnit.SECONDS)).hasSize(1);
            receiver.settle(List.of(new Settlement.Ack(taken.get().getFirst())));
            taken = take(receiver);
            awaitWaiting(two);
            endListeners(server);
            one.send(List.of(Job.of("q", Payload.text("second"))));
            assertThat(taken.get(SOON_SECONDS, TimeUnit.SECONDS)).hasSize(1);
            receiver.settle(List.of(new Settlement.Ack(taken.get().getFirst())));
            taken = take(receiver);
            WaitFor.until("somebody listens again", () -> somebodyListens(server));
            assertThat(taken).isNotDone();
        }
    }

    private boolean somebodyListens(SqlServer server) {
        return !ask(server, "COUNT(*)").equals("0");
    }

    private void endListeners(SqlServer server) {
        ask(server, "COUNT(pg_terminate_backend(pid))");
    }

    /** Something about the sessions that listen. */
    private String ask(SqlServer server, String what) {
        return TestDatabase.client(server)
                .ask("SELECT " + what + " FROM pg_stat_activity WHERE query = 'LISTEN " + table + "'")
                .get(0);
    }
}
