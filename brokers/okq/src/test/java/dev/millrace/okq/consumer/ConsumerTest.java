// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Parcel;
import dev.millrace.job.Payload;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqServer;
import dev.millrace.okq.PushEvent;
import dev.millrace.okq.broker.OkqBroker;
import dev.millrace.okq.consumer.Trouble.Kind;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the consumer does on every server that is there; first of all, what that of the original did not. */
class ConsumerTest {
    private final String queue = "q-" + UUID.randomUUID();
    private final OkqName name = OkqName.of(queue);
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();

    /** What is done with a server that was started for it, and a client of it. */
    private interface Use {
        void of(String server, OkqClient client) throws Exception;
    }

    private static void on(Supplier<OkqServer> start, Use use) throws Exception {
        try (OkqServer server = start.get();
                OkqClient client = OkqClient.connect(server.address())) {
            use.of(server.address(), client);
        }
    }

    private OkqConsumer.Builder consumer(String server) {
        return OkqConsumer.on(server).queues(queue).onTrouble(troubles::add);
    }

    private static FaultyProxy proxy(String server) {
        return new FaultyProxy(Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)));
    }

    /** One that counts commands by their names, which do not come apart. */
    private static FaultyProxy counting(String server, Map<String, Integer> words) {
        FaultyProxy proxy = proxy(server);
        proxy.watch(text ->
                text.lines().filter(line -> line.startsWith("Q")).forEach(line -> words.merge(line, 1, Integer::sum)));
        return proxy;
    }

    /** A server of old is up to ten seconds late with events that come back. */
    private static void until(String what, BooleanSupplier condition) {
        WaitFor.until(what, Duration.ofSeconds(30), condition);
    }

    private long total(OkqClient client) {
        return client.status(List.of(name)).getFirst().total();
    }

    private void push(OkqClient client, int count) {
        client.pushAll(IntStream.range(0, count)
                .mapToObj(i -> PushEvent.to(queue, "" + i))
                .toList());
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void everyEventIsHandledOnceAndAcknowledged(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            Queue<String> texts = new ConcurrentLinkedQueue<>();
            try (OkqConsumer consumer =
                    consumer(server).concurrency(8).start((event, context) -> texts.add(event.text()))) {
                push(client, 500);
                until("all are handled", () -> texts.size() == 500);
                until("all are acknowledged", () -> total(client) == 0);
            }
            assertThat(texts).doesNotHaveDuplicates();
            assertThat(troubles).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void eventWhoseIdCannotBeThatOfAJobIsHandledAsAnyOther(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            List<OkqName> ids = List.of(
                    OkqName.of(""), OkqName.of(" x "), OkqName.of(new byte[] {(byte) 0xff, 1}), OkqName.of("plain"));
            byte[] contents = Parcel.of(Map.of(OkqBroker.EVENT_ID_HEADER, "no Base64"), Payload.text("e"))
                    .seal();
            ids.forEach(id -> client.push(PushEvent.to(name, contents).withId(id)));
            Queue<OkqName> handled = new ConcurrentLinkedQueue<>();
            try (OkqConsumer consumer = consumer(server).start((event, context) -> handled.add(event.id()))) {
                until("all are acknowledged", () -> handled.size() == ids.size() && total(client) == 0);
            }
            assertThat(handled).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(troubles).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void refusedEventIsNotDeletedAndComesAgain(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            AtomicInteger calls = new AtomicInteger();
            try (OkqConsumer consumer = consumer(server)
                    .lease(Duration.ofSeconds(1))
                    .start((event, context) -> calls.incrementAndGet() > 1)) {
                client.push(queue, "refused");
                until("it was refused", () -> calls.get() == 1);
                until("it came again and is done", () -> calls.get() == 2 && total(client) == 0);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void callbackThatThrowsIsReportedAndEndsNothing(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            Set<String> done = ConcurrentHashMap.newKeySet();
            AtomicInteger thrown = new AtomicInteger();
            try (OkqConsumer consumer = consumer(server)
                    .lease(Duration.ofSeconds(1))
                    .start((event, context) -> {
                        if (event.text().equals("bad") && thrown.getAndIncrement() == 0) {
                            throw new IllegalStateException("no");
                        }
                        return done.add(event.text());
                    })) {
                client.push(queue, "bad");
                client.push(queue, "good");
                until("both are done", () -> done.size() == 2);
                assertThat(troubles)
                        .filteredOn(trouble -> trouble.kind() == Kind.CALLBACK)
                        .first()
                        .satisfies(trouble -> {
                            assertThat(trouble.error().orElseThrow()).hasMessage("no");
                            assertThat(trouble.event()).isPresent();
                        });
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void deadlineIsTheLeaseAndACallbackThatMissesItIsInterruptedAndReported(Supplier<OkqServer> start)
            throws Exception {
        on(start, (server, client) -> {
            Queue<Duration> left = new ConcurrentLinkedQueue<>();
            CountDownLatch interrupted = new CountDownLatch(1);
            try (OkqConsumer consumer = consumer(server)
                    .lease(Duration.ofSeconds(1))
                    .start((event, context) -> {
                        left.add(Duration.between(
                                Instant.now(), context.deadline().orElseThrow()));
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            assertThat(context.cancelled()).isTrue();
                        }
                        return false;
                    })) {
                client.push(queue, "slow");
                interrupted.await();
                assertThat(left.element()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
                until(
                        "the lost lease is reported",
                        () -> troubles.stream().anyMatch(trouble -> trouble.kind() == Kind.LEASE_ENDED));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void takenAtMostOnceItIsGoneWhateverTheCallbackSays(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            Queue<String> texts = new ConcurrentLinkedQueue<>();
            try (OkqConsumer consumer = consumer(server).atMostOnce().start((event, context) -> {
                assertThat(context.deadline()).isEmpty();
                texts.add(event.text());
                return false;
            })) {
                push(client, 10);
                until("all came", () -> texts.size() == 10);
                assertThat(total(client)).isZero();
            }
            assertThat(texts).doesNotHaveDuplicates();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void closingTakesNoTimeAndMayBeDoneTwice(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            OkqConsumer consumer = consumer(server).start((event, context) -> true);
            client.push(queue, "one");
            until("it is idle", () -> total(client) == 0);
            Instant begin = Instant.now();
            consumer.close();
            consumer.close();
            assertThat(Duration.between(begin, Instant.now()))
                    .as("the original took up to 27 seconds")
                    .isLessThan(Duration.ofSeconds(2));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void lostConnectionsAreMadeAgainAndRegistered(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            Set<String> texts = ConcurrentHashMap.newKeySet();
            try (FaultyProxy proxy = proxy(server);
                    OkqConsumer consumer =
                            consumer(proxy.address()).start((event, context) -> texts.add(event.text()))) {
                client.push(queue, "before");
                until("it works", () -> texts.contains("before"));
                proxy.cut();
                client.push(queue, "after");
                until("it works again", () -> texts.contains("after"));
                until(
                        "it is registered again",
                        () -> client.status(List.of(name)).getFirst().consumers() > 0);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void idleConsumerHardlyAsksAndABusyOneDoesNotAskBeforeEachEvent(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            AtomicInteger handled = new AtomicInteger();
            Map<String, Integer> words = new ConcurrentHashMap<>();
            push(client, 300);
            try (FaultyProxy proxy = counting(server, words);
                    OkqConsumer consumer = consumer(proxy.address())
                            .concurrency(4)
                            .start((event, context) -> handled.incrementAndGet() > 0)) {
                until("all are done", () -> handled.get() == 300 && total(client) == 0);
                assertThat(words.get("QRPOP")).isLessThan(700);
                assertThat(words.get("QNOTIFY")).isLessThan(300);
                assertThat(words.get("QREGISTER")).isEqualTo(1);
            }
        });
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        OkqConsumer.Builder builder = OkqConsumer.on("127.0.0.1");
        for (Duration lease : List.of(Duration.ZERO, Duration.ofSeconds(-2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.lease(lease))
                    .withMessageContaining("atMostOnce()");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void severalQueuesShareAConsumer(Supplier<OkqServer> start) throws Exception {
        on(start, (server, client) -> {
            String other = "q-" + UUID.randomUUID();
            List<OkqEvent> events = new ArrayList<>();
            try (OkqConsumer consumer = consumer(server).queues(other).start((event, context) -> {
                synchronized (events) {
                    return events.add(event);
                }
            })) {
                client.push(queue, "a");
                client.push(other, "b");
                until("both came", () -> {
                    synchronized (events) {
                        return events.size() == 2;
                    }
                });
            }
            assertThat(events).extracting(OkqEvent::queue).containsExactlyInAnyOrder(name, OkqName.of(other));
        });
    }
}
