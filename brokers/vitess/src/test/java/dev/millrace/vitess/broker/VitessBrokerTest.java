// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult.Duplicate;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.SqlClient;
import dev.millrace.vitess.VitessSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is its own of the broker on Vitess, beside what every broker must. */
abstract class VitessBrokerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final VitessSite site = site();
    private final SqlClient client = new SqlClient(site.jdbc());
    private final String table = "t_" + UUID.randomUUID().toString().replace('-', '_');

    abstract VitessSite site();

    private String url(String... options) {
        return site.url() + (site.url().contains("?") ? "&" : "?") + "millrace.table=" + table
                + String.join("", options);
    }

    @AfterEach
    void dropTables() {
        client.drop(table, table + "_pause", table + "_meta");
        site.close();
    }

    @Test
    void urlOpensTheBroker() throws Exception {
        try (Broker broker = Brokers.open(url("&millrace.connections=3", "&millrace.poll=PT0.1S"))) {
            assertThat(broker.name()).startsWith("vitess://").doesNotContain("?");
            broker.send(List.of(Job.of("q", Payload.text("by URL"))));
            assertThat(broker.receiver(Subscription.to("q", 1, LONG)).receive(1, LONG))
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.payload().text()).isEqualTo("by URL"));
        }
        assertThat(client.ask("SELECT COUNT(*) FROM " + table)).containsExactly("1");
    }

    @Test
    void missingStepsAreShownAndDoneOnce() {
        VitessBrokerFactory factory = new VitessBrokerFactory();
        BrokerUrl address = BrokerUrl.parse(url());
        List<String> missing = factory.missingSteps(address);
        assertThat(missing).anyMatch(step -> step.contains("CREATE TABLE IF NOT EXISTS " + table + " ("));
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> Brokers.open(url("&millrace.create=false")))
                .matches(e -> !e.isPassing());
        assertThat(factory.migrate(address)).isEqualTo(missing);
        assertThat(factory.missingSteps(address)).isEmpty();
        Brokers.open(url("&millrace.create=false")).close();
    }

    @Test
    void unknownOptionsAndAddressesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open(url("&tsl=true")))
                .withMessageContaining("tsl")
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("vitess://localhost/jobs?millrace.tabel=a"))
                .withMessageContaining("millrace.table");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("vitess://mary:s3cret@localhost"))
                .withMessageContaining("keyspace")
                .withMessageNotContaining("s3cret");
    }

    @Test
    void vtgateThatIsNotThereIsAPassingFailure() {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> Brokers.open("vitess://127.0.0.1:1/jobs?timeout=PT0.3S"))
                .withMessageContaining("no connection to vitess://127.0.0.1:1/jobs")
                .matches(BrokerException::isPassing);
    }

    @Test
    void keyspaceThatIsNotThereIsALastingFailure() {
        String wrong = site.url().replaceFirst("(//[^/]*/)[^?]*", "$1nowhere");
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> Brokers.open(wrong))
                .withMessageContaining("nowhere")
                .matches(e -> !e.isPassing());
    }

    @Test
    void keyspaceOfSeveralShardsIsRefusedAndOneOfThemIsNot() {
        assertThatExceptionOfType(BrokerException.class)
                .isThrownBy(() -> Brokers.open(url().replace("/jobs", "/users")))
                .withMessageContaining("-80, 80-")
                .withMessageContaining("users:-80")
                .matches(e -> !e.isPassing());
        try (Broker broker = Brokers.open(url().replace("/jobs", "/users:-80"))) {
            assertThat(broker.send(List.of(Job.of("q", Payload.empty())))).hasOnlyElementsOfType(Stored.class);
        }
    }

    @Test
    void idThatIsTakenIsADuplicateThoughVtgateTellsTheWholeStatement() {
        List<Job> jobs = List.of(
                Job.of("q", Payload.text("a")).withId("a"),
                Job.of("q", Payload.text("b")),
                Job.of("q", Payload.text("c")).withId("c"));
        try (Broker broker = Brokers.open(url())) {
            assertThat(broker.send(jobs.subList(0, 1))).hasExactlyElementsOfTypes(Stored.class);
            assertThat(broker.send(jobs.subList(0, 1))).hasExactlyElementsOfTypes(Duplicate.class);
            assertThat(broker.send(jobs)).hasExactlyElementsOfTypes(Duplicate.class, Stored.class, Stored.class);
        }
    }

    @Test
    void moreThanOneMessageOfVtgateMayHoldIsTakenInParts() throws Exception {
        try (Broker broker = Brokers.open(url())) {
            Job large = Job.of("q", Payload.of(new byte[3 << 20]));
            for (int i = 0; i < 8; i++) {
                broker.send(List.of(large));
            }
            var receiver = broker.receiver(Subscription.to("q", 100, LONG));
            int taken = 0;
            while (taken < 8) {
                int some = receiver.receive(100, LONG).size();
                assertThat(some).isPositive();
                taken += some;
            }
            assertThat(taken).isEqualTo(8);
        }
    }

    @Test
    void manyJobsAreSentAtOnceInTheirOrder() throws Exception {
        try (Broker broker = Brokers.open(url())) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 777; i++) {
                jobs.add(Job.of("q", Payload.text("job " + i)));
            }
            assertThat(broker.send(jobs)).hasSize(777).hasOnlyElementsOfType(Stored.class);
            assertThat(broker.receiver(Subscription.to("q", 1_000, LONG)).receive(1_000, LONG).stream()
                            .map(delivery -> delivery.payload().text()))
                    .isEqualTo(jobs.stream().map(job -> job.payload().text()).toList());
        }
    }

    @Test
    void passwordDoesNotShow() throws Exception {
        try (FaultyProxy proxy = new FaultyProxy(1)) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> Brokers.open("vitess://mary:s3cret@" + proxy.address() + "/jobs?timeout=PT0.3S"))
                    .withMessageNotContaining("s3cret");
        }
    }
}
