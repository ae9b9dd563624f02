// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only this broker does, or only Redis does to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisBrokerTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final QueueName MAIL = new QueueName("mail");

    private RedisServer server;

    @BeforeAll
    void start() {
        server = RedisServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void empty() {
        server.ask("FLUSHALL");
    }

    private RedisBrokerBuilder builder() {
        return RedisBroker.builder().at(RedisOptions.server(server.address()));
    }

    private static Subscription mail() {
        return Subscription.to(MAIL.value(), 100, LEASE);
    }

    private static void send(Broker broker, String... texts) {
        for (String text : texts) {
            assertThat(broker.send(List.of(Job.of(MAIL, Payload.text(text)))).getFirst())
                    .isInstanceOf(EnqueueResult.Stored.class);
        }
    }

    private static List<String> texts(List<Delivery> deliveries) {
        return deliveries.stream().map(each -> each.payload().text()).toList();
    }

    private static void ack(Receiver receiver, List<Delivery> deliveries) {
        List<Settlement> all =
                deliveries.stream().<Settlement>map(Settlement.Ack::new).toList();
        assertThat(receiver.settle(all)).containsOnly(Settled.CONFIRMED);
    }

    @Test
    void everyGroupGetsEveryJobAndTheLastOneRemovesIt() throws InterruptedException {
        try (RedisBroker one = builder().open();
                RedisBroker other = builder().group("billing").open();
                Receiver first = one.receiver(mail());
                Receiver second = other.receiver(mail())) {
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            send(one, "a", "b");
            List<Delivery> mine = first.receive(10, SOON);
            assertThat(texts(mine)).containsExactly("a", "b");
            ack(first, mine);
            assertThat(server.ask("XLEN millrace:{mail}")).isEqualTo(":2\r\n");
            List<Delivery> theirs = second.receive(10, SOON);
            assertThat(texts(theirs)).containsExactly("a", "b");
            ack(second, theirs);
            assertThat(server.ask("XLEN millrace:{mail}")).isEqualTo(":0\r\n");
        }
    }

    @Test
    void whatOneGroupPutAsideComesBackToThatGroupOnly() throws InterruptedException {
        try (RedisBroker one = builder().open();
                RedisBroker other = builder().group("billing").open();
                Receiver first = one.receiver(mail());
                Receiver second = other.receiver(mail())) {
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            send(one, "a");
            first.settle(
                    List.of(new Settlement.DeadLetter(first.receive(1, SOON).getFirst(), "why")));
            ack(second, second.receive(1, SOON));
            assertThat(other.dead(MAIL, 10)).isEmpty();
            assertThat(one.redrive(MAIL, 10)).isEqualTo(1);
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            ack(first, first.receive(1, SOON));
            assertThat(server.ask("XLEN millrace:{mail}")).isEqualTo(":0\r\n");
        }
    }

    @Test
    void retryOfOneGroupIsNotSeenByAnother() throws InterruptedException {
        try (RedisBroker one = builder().open();
                RedisBroker other = builder().group("billing").open();
                Receiver first = one.receiver(mail());
                Receiver second = other.receiver(mail())) {
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            send(one, "a");
            first.settle(
                    List.of(new Settlement.Release(first.receive(1, SOON).getFirst(), Duration.ZERO, Cause.FAILED)));
            ack(second, second.receive(1, SOON));
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            assertThat(first.receive(1, SOON).getFirst().attempt()).isEqualTo(2);
        }
    }

    @Test
    void anyProgramCanAddAJobWithXadd() throws InterruptedException {
        try (RedisBroker broker = builder().open();
                Receiver receiver = broker.receiver(mail())) {
            server.ask("XADD millrace:{mail} * body hello language en");
            Delivery delivery = receiver.receive(1, SOON).getFirst();
            assertThat(delivery.payload().text()).isEqualTo("hello");
            assertThat(delivery.headers()).containsOnlyKeys("language").containsValue("en");
            assertThat(delivery.enqueuedAt()).isPresent();
        }
    }

    @Test
    void fieldsOfOthersAreHeadersWhateverTheirNamesAre() throws InterruptedException {
        try (RedisBroker one = builder().open();
                RedisBroker other = builder().group("billing").open();
                Receiver first = one.receiver(mail());
                Receiver second = other.receiver(mail())) {
            assertThat(second.receive(1, Duration.ZERO)).isEmpty();
            server.ask("XADD millrace:{mail} * body x group vip id 7 at noon reason none attempts many m:id nonsense");
            Delivery delivery = first.receive(1, SOON).getFirst();
            assertThat(delivery.id().value()).matches("\\d+-\\d+@mail");
            assertThat(delivery.headers())
                    .containsEntry("group", "vip")
                    .containsEntry("id", "7")
                    .containsEntry("at", "noon")
                    .containsEntry("reason", "none")
                    .containsEntry("attempts", "many");
            assertThat(first.settle(List.of(new Settlement.DeadLetter(delivery, "a test"))))
                    .containsExactly(Settled.CONFIRMED);
            ack(second, second.receive(1, SOON));
            assertThat(server.ask("XLEN millrace:{mail}")).isEqualTo(":0\r\n");
            assertThat(one.dead(MAIL, 10)).extracting(Glimpse::id).containsExactly(delivery.id());
            assertThat(one.show(delivery.id())).isPresent();
            assertThat(one.redrive(MAIL, 10)).isEqualTo(1);
            assertThat(first.receive(1, SOON)).extracting(Delivery::id).containsExactly(delivery.id());
        }
    }

    @Test
    void addingWithXaddWakesWhoWaits() throws InterruptedException {
        try (RedisBroker broker = builder().open();
                Receiver receiver = broker.receiver(mail())) {
            assertThat(receiver.receive(1, Duration.ZERO)).isEmpty();
            Thread adder = Thread.ofVirtual().start(() -> {
                WaitFor.until(
                        "the receiver waits", () -> server.ask("CLIENT LIST").contains("cmd=xread"));
                server.ask("XADD millrace:{mail} * body hello");
            });
            assertThat(texts(receiver.receive(1, Duration.ofSeconds(30)))).containsExactly("hello");
            adder.join();
        }
    }

    @Test
    void queueGoesOnAfterTheServerWasEmptied() throws InterruptedException {
        try (RedisBroker broker = builder().open();
                Receiver receiver = broker.receiver(mail())) {
            send(broker, "lost with everything");
            server.ask("FLUSHALL");
            send(broker, "new");
            assertThat(texts(receiver.receive(10, SOON))).containsExactly("new");
            assertThat(broker.queues()).extracting(status -> status.queue()).containsExactly(MAIL);
        }
    }

    @Test
    void scriptsAreSentAgainWhenTheServerForgotThem() throws InterruptedException {
        try (RedisBroker broker = builder().open();
                Receiver receiver = broker.receiver(mail())) {
            send(broker, "before");
            server.ask("SCRIPT FLUSH");
            send(broker, "after");
            server.ask("SCRIPT FLUSH");
            assertThat(broker.send(List.of(Job.of("mail", Payload.text("x")), Job.of("sms", Payload.text("y")))))
                    .allMatch(answer -> answer instanceof EnqueueResult.Stored);
            server.ask("SCRIPT FLUSH");
            assertThat(texts(receiver.receive(10, SOON))).containsExactly("before", "after", "x");
        }
    }

    @Test
    void jobThatTooFewReplicasHaveIsNotCalledStored() {
        try (RedisBroker broker =
                builder().replication(new Replication(1, Duration.ofMillis(50))).open()) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> broker.send(List.of(Job.of(MAIL, Payload.text("x")))))
                    .withMessageContaining("only 0 of 1 replicas")
                    .matches(BrokerException::isPassing);
        }
    }

    @Test
    void queueOfTheLongestNameHasIdsThatFindItsJobs() {
        QueueName longest = new QueueName("q".repeat(QueueName.MAX_BYTES - 2) + "{}");
        try (RedisBroker broker = builder().open()) {
            EnqueueResult.Stored stored = (EnqueueResult.Stored)
                    broker.send(List.of(Job.of(longest, Payload.text("x")))).getFirst();
            assertThat(broker.show(stored.id()).orElseThrow().queue()).isEqualTo(longest);
            assertThat(broker.ack(stored.id())).isEqualTo(Settled.CONFIRMED);
        }
    }

    @Test
    void urlNamesPasswordDatabaseGroupAndPrefix() {
        server.ask("ACL SETUSER ann on >secret ~* &* +@all");
        String url = "redis://ann:secret@" + server.address() + "/3?group=billing&prefix=shop";
        try (Broker broker = Brokers.open(url)) {
            assertThat(broker.name()).doesNotContain("secret");
            send(broker, "x");
        }
        assertThat(server.ask("XLEN shop:{mail}")).isEqualTo(":0\r\n");
        assertThatThrownBy(() -> Brokers.open("redis://ann:wrong@" + server.address()))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("WRONGPASS");
    }

    @Test
    void wrongUrlsAreRefusedWithWhatWouldBeRight() {
        assertThatThrownBy(() -> Brokers.open("redis:")).hasMessageContaining("redis://host:6379");
        assertThatThrownBy(() -> Brokers.open("redis://h/x")).hasMessageContaining("database \"x\"");
        assertThatThrownBy(() -> Brokers.open("redis://h?color=red")).hasMessageContaining("color");
        assertThatThrownBy(() -> Brokers.open("redis://h?group=a b")).hasMessageContaining("a b");
        assertThatThrownBy(() -> Brokers.open("redis://h1,h2/1")).hasMessageContaining("database 0");
        assertThatThrownBy(() -> Brokers.open("redis://127.0.0.1:1"))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
