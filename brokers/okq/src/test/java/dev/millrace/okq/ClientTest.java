// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.testkit.WaitFor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the client, on every server that is there. */
class ClientTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final OkqName queue = OkqName.of("q-" + UUID.randomUUID());

    /** What is done with a client of a server that was started for it. */
    private interface Use {
        void of(OkqClient client, OkqServer server) throws Exception;
    }

    private static void on(Supplier<OkqServer> start, Use use) throws Exception {
        try (OkqServer server = start.get();
                OkqClient client = OkqClient.connect(server.address())) {
            use.of(client, server);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void eventIsPushedPoppedAndAcknowledged(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            OkqName id = client.push(queue.text(), "héllo");
            assertThat(client.status(List.of(queue))).containsExactly(new OkqQueueStatus(queue, 1, 0, 0));
            OkqEvent event = client.pop(queue, LEASE).orElseThrow();
            assertThat(event.id()).isEqualTo(id);
            assertThat(event.text()).isEqualTo("héllo");
            assertThat(client.pop(queue, LEASE)).isEmpty();
            assertThat(client.status(List.of(queue))).containsExactly(new OkqQueueStatus(queue, 1, 1, 0));
            assertThat(client.ack(queue, id)).isTrue();
            assertThat(client.ack(queue, id)).isFalse();
            assertThat(client.status(List.of(queue))).containsExactly(new OkqQueueStatus(queue, 0, 0, 0));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void duplicateIsAResultUntilTheFirstIsDone(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            PushEvent event = PushEvent.to(queue, new byte[0]).withId("own");
            assertThat(client.push(event).isStored()).isTrue();
            assertThat(client.push(event).isDuplicate()).isTrue();
            assertThat(client.pop(queue, LEASE)).isPresent();
            PushResult again = client.push(event);
            assertThat(again.isDuplicate()).isTrue();
            assertThat(again.id()).isEqualTo(OkqName.of("own"));
            assertThatExceptionOfType(DuplicateEventException.class).isThrownBy(again::orThrow);
            client.ack(queue, OkqName.of("own"));
            assertThat(client.push(event).isDuplicate()).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void manyArePushedTogetherEachWithItsOwnAnswer(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            List<PushEvent> events = new ArrayList<>(IntStream.range(0, 2_000)
                    .mapToObj(i -> PushEvent.to(queue, ("" + i).getBytes(StandardCharsets.UTF_8))
                            .withId("id " + i % 1_999))
                    .toList());
            List<PushResult> results = client.pushAll(events);
            assertThat(results).hasSize(2_000);
            assertThat(results.subList(0, 1_999)).allMatch(PushResult::isStored);
            assertThat(results.get(1_999).isDuplicate()).isTrue();
            assertThat(client.status(List.of(queue)).getFirst().total()).isEqualTo(1_999);
            assertThat(client.pushAll(List.of())).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void orderIsFirstInFirstOutAndHighPriorityGoesBefore(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            for (String text : List.of("one", "two")) {
                client.push(queue.text(), text);
            }
            client.push(PushEvent.to(queue.text(), "urgent").highPriority());
            assertThat(client.peekNext(queue).orElseThrow().text()).isEqualTo("urgent");
            assertThat(client.peekLast(queue.text()).orElseThrow().text()).isEqualTo("two");
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                texts.add(client.popAtMostOnce(queue).orElseThrow().text());
            }
            assertThat(texts).containsExactly("urgent", "one", "two");
            assertThat(client.peekNext(queue)).isEmpty();
            assertThat(client.peekLast(queue)).isEmpty();
            assertThat(client.status(List.of(queue)).getFirst().total()).isZero();
        });
    }

    /** An idle server of old is too busy now and then. */
    private static boolean accepted(OkqClient client, PushEvent event) {
        try {
            return client.push(event).isStored();
        } catch (BusyException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void eventPushedWithoutWaitingIsThereSoon(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            PushEvent hasty = PushEvent.to(queue.text(), "hasty").noBlock();
            WaitFor.until("the server has room for it", () -> accepted(client, hasty));
            WaitFor.until("the event is stored", () -> client.peekNext(queue).isPresent());
            PushEvent urgent =
                    PushEvent.to(queue.text(), "urgent").highPriority().noBlock();
            WaitFor.until("the server has room for that", () -> accepted(client, urgent));
            WaitFor.until(
                    "the urgent event is the next one",
                    () -> client.peekNext(queue).orElseThrow().text().equals("urgent"));
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void namesIdsAndContentsAreBytes(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            byte[] bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            OkqName odd = OkqName.of(new byte[] {0, (byte) 0xff, 'q', (byte) 0x80});
            client.push(PushEvent.to(odd, bytes).withId(OkqName.of(new byte[] {1, (byte) 0xfe})));
            OkqEvent event = client.pop(odd, LEASE).orElseThrow();
            assertThat(event.contents()).isEqualTo(bytes);
            assertThat(event.id().bytes()).containsExactly(1, 0xfe);
            assertThat(event.queue()).isEqualTo(odd);
            assertThat(client.ack(odd, event.id())).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void refusedEventComesAgainAtOnceWhereTheServerKnowsHowAndIsNeverDeleted(Supplier<OkqServer> start)
            throws Exception {
        on(start, (client, server) -> {
            assertThat(client.supportsRedo()).isEqualTo(server.knowsRedo());
            OkqName id = client.push(queue.text(), "refused");
            assertThat(client.pop(queue, LEASE)).isPresent();
            assertThat(client.redo(queue, id)).isEqualTo(server.knowsRedo());
            assertThat(client.status(List.of(queue)).getFirst().total()).isEqualTo(1);
            assertThat(client.peekNext(queue).isPresent()).isEqualTo(server.knowsRedo());
            assertThat(client.ack(queue, id)).isTrue();
            assertThat(client.redo(queue, id)).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void flushedQueueIsEmptyAndInfoSpeaksToPeople(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            client.push(queue.text(), "one");
            client.push(queue.text(), "two");
            assertThat(client.pop(queue, LEASE)).isPresent();
            assertThat(client.info(queue.text())).singleElement().asString().contains(queue.text(), "total: 2");
            assertThat(client.status()).extracting(OkqQueueStatus::queue).contains(queue);
            client.flush(queue);
            assertThat(client.status(List.of(queue))).containsExactly(new OkqQueueStatus(queue, 0, 0, 0));
            client.ping();
        });
    }

    @ParameterizedTest
    @MethodSource("dev.millrace.okq.Servers#all")
    void subscriptionWaitsAndTakesFromAllItsQueues(Supplier<OkqServer> start) throws Exception {
        on(start, (client, server) -> {
            OkqName other = OkqName.of("q-" + UUID.randomUUID());
            try (OkqSubscription events = client.subscribe(List.of(queue, other))) {
                assertThat(events.pop(10, LEASE)).isEmpty();
                assertThat(events.await(Duration.ofMillis(1))).isFalse();
                Thread pusher = Thread.ofVirtual().start(() -> client.push(other.text(), "woken"));
                assertThat(events.await(Duration.ofSeconds(20))).isTrue();
                pusher.join();
                OkqEvent event = events.pop(10, LEASE).getFirst();
                assertThat(event.text()).isEqualTo("woken");
                assertThat(client.ack(other, event.id())).isTrue();
                assertThat(client.status(List.of(other)).getFirst().consumers()).isEqualTo(1);
                for (int i = 0; i < 100; i++) {
                    client.push((i % 2 == 0 ? queue : other).text(), "" + i);
                }
                List<OkqEvent> all = new ArrayList<>();
                while (all.size() < 100 && events.await(Duration.ofSeconds(20))) {
                    List<OkqEvent> some = events.pop(7, LEASE);
                    assertThat(client.ackAll(some)).doesNotContain(false);
                    all.addAll(some);
                }
                assertThat(all).doesNotHaveDuplicates().hasSize(100);
            }
        });
    }

    @Test
    void valuesThatNoServerTakesWellAreRefusedBeforeTheyAreSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushEvent.to("a\r\nb", "x"))
                .withMessageContaining("line break");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PushEvent.to("a", "x").withId("1\n2"))
                .withMessageContaining("line break");
        for (Duration lease : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(1_000_000))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OkqClient.seconds(lease))
                    .withMessageContaining("out of range");
        }
        assertThat(OkqClient.seconds(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(OkqClient.seconds(Duration.ofMillis(1_001))).isEqualTo(2);
    }
}
