// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hardly anybody does, and what must be right all the same. */
@Tag("slow")
class OddCasesTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "o_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private SqlBroker open(String url) {
        return SqlBroker.builder().at(url).table(table).open();
    }

    private static Job job(String text) {
        return Job.of("q", Payload.text(text));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void chosenIdThatLooksLikeAMessageOfTheDatabaseIsADuplicateTheSecondTime(SqlServer server) throws Exception {
        try (SqlBroker broker = open(server.url());
                Connection connection = TestDatabase.source(server).getConnection()) {
            connection.setAutoCommit(false);
            for (String id :
                    List.of("the_pkey\"", "key 'PRIMARY'", "a\nb_pkey\"".replace('\n', ' '), "'; --", "Ä%_\\")) {
                Job job = job("one").withId(id);
                assertThat(broker.send(List.of(job))).hasOnlyElementsOfType(Stored.class);
                assertThat(broker.send(List.of(job))).hasOnlyElementsOfType(Duplicate.class);
                assertThat(broker.send(List.of(job, job("two"))))
                        .hasExactlyElementsOfTypes(Duplicate.class, Stored.class);
                assertThat(broker.send(connection, List.of(job))).hasOnlyElementsOfType(Duplicate.class);
                connection.commit();
                assertThat(broker.show(new JobId(id))).isPresent();
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void idsAndQueuesDifferByCaseAndAccent(SqlServer server) throws Exception {
        try (SqlBroker broker = open(server.url())) {
            List<String> names = List.of("a", "A", "ä", "Ä", "ae", "\uD83D\uDC1E", "\uD83D\uDC1D", "ß", "ss");
            for (String name : names) {
                assertThat(broker.send(List.of(Job.of(name, Payload.text(name)).withId(name))))
                        .hasOnlyElementsOfType(Stored.class);
            }
            for (String name : names) {
                assertThat(broker.receiver(Subscription.to(name, 9, LONG)).receive(9, LONG))
                        .singleElement()
                        .satisfies(delivery ->
                                assertThat(delivery.payload().text()).isEqualTo(name));
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void jobThatIsAddressedByAnotherNameThanItsOwnIsLeftAlone(SqlServer server) throws Exception {
        try (SqlBroker broker = open(server.url())) {
            JobId given = ((Stored) broker.send(List.of(job("given"))).getFirst()).id();
            JobId alias = new JobId("sql-0" + given.value().substring(4));
            assertThat(broker.show(alias)).isEmpty();
            assertThat(broker.release(alias)).isEqualTo(Settled.LOST);
            assertThat(broker.ack(alias)).isEqualTo(Settled.LOST);
            assertThat(broker.ack(given)).isEqualTo(Settled.CONFIRMED);
        }
    }

    @Test
    void passwordIsInNoNameAndNoMessage() {
        String secret = "se-cr%21et";
        for (String url : List.of(
                TestDatabase.postgres().url() + "&password=" + secret,
                TestDatabase.maria().url().replace("?user=root", "?user=root&trustStorePassword=" + secret))) {
            try (SqlBroker broker = open(url)) {
                assertThat(broker.name()).startsWith("jdbc:").doesNotContain("cr%21et");
                assertThat(broker).asString().doesNotContain("cr%21et");
            }
        }
        for (String url : List.of(
                "jdbc:postgresql://127.0.0.1:1/x?user=a&password=" + secret,
                "jdbc:mariadb://127.0.0.1:1/x?user=a&password=" + secret,
                "jdbc:mysql://a:" + secret + "@127.0.0.1:1/x")) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> open(url))
                    .withMessageNotContaining("cr%21et");
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> Brokers.open(url))
                    .withMessageNotContaining("cr%21et");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void manyThatOpenAtOnceMakeTheTablesTogether(SqlServer server) throws Exception {
        int count = 6;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 5; round++) {
                String fresh = table + round;
                List<Future<SqlBroker>> opening = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    opening.add(threads.submit(() -> SqlBroker.builder()
                            .at(server.url())
                            .connections(2)
                            .table(fresh)
                            .open()));
                }
                Set<JobId> ids = new HashSet<>();
                for (Future<SqlBroker> each : opening) {
                    try (SqlBroker broker = each.get()) {
                        ids.add(((Stored) broker.send(List.of(job("x"))).getFirst()).id());
                    }
                }
                assertThat(ids).hasSize(count);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void closingHandsBackWhatIsJustBeingTaken(SqlServer server) throws Exception {
        int count = 400;
        Set<String> handedOut = ConcurrentHashMap.newKeySet();
        try (SqlBroker observing = open(server.url());
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                jobs.add(job("job " + i));
            }
            observing.send(jobs);
            for (int round = 0; round < 15; round++) {
                SqlBroker broker = open(server.url());
                List<Future<?>> takers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Receiver receiver = broker.receiver(Subscription.to("q", 1_000, LONG.multipliedBy(100)));
                    takers.add(threads.submit(() -> take(receiver, handedOut)));
                }
                broker.close();
                for (Future<?> taker : takers) {
                    taker.get(LONG.toSeconds(), TimeUnit.SECONDS);
                }
            }
            Receiver receiver = observing.receiver(Subscription.to("q", count, LONG));
            while (handedOut.size() < count) {
                List<Delivery> rest = receiver.receive(count, LONG);
                assertThat(rest).as("handed out are " + handedOut.size()).isNotEmpty();
                rest.forEach(delivery -> handedOut.add(delivery.payload().text()));
                receiver.settle(
                        rest.stream().<Settlement>map(Settlement.Ack::new).toList());
            }
        }
    }

    private static int take(Receiver receiver, Set<String> handedOut) throws InterruptedException {
        try {
            while (true) {
                List<Delivery> some = receiver.receive(3, Duration.ofMillis(20));
                if (some.isEmpty()) {
                    return 0;
                }
                some.forEach(delivery -> handedOut.add(delivery.payload().text()));
            }
        } catch (BrokerException closed) {
            return 1;
        }
    }
}
