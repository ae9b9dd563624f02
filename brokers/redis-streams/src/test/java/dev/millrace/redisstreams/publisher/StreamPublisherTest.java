// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.Replication;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a publisher writes, and what it says of it. */
@Tag("slow")
class StreamPublisherTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final RawRedis redis = new RawRedis(SERVER);
    private final String stream = RawRedis.fresh();

    @AutoClose
    private final StreamPublisher publisher = StreamPublisher.open(redis.options());

    private StreamMessage message(int number) {
        return StreamMessage.to(stream).with("n", "" + number);
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (List<String> page = page("-"); !page.isEmpty(); page = page("(" + page.get(page.size() - 3))) {
            for (int i = 2; i < page.size(); i += 3) {
                numbers.add(page.get(i));
            }
        }
        return numbers;
    }

    private List<String> page(String from) {
        return redis.ask("XRANGE " + stream + " " + from + " + COUNT 200");
    }

    @Test
    void aRawConsumerReadsWhatIsPublished() {
        String id = publisher.publish(
                StreamMessage.to(stream).with("b", "1").with("a", "2").with("b", "3"));
        redis.ask("XGROUP CREATE " + stream + " g 0");
        assertThat(redis.ask("XREADGROUP GROUP g raw COUNT 10 STREAMS " + stream + " >"))
                .containsExactly(stream, id, "b", "3", "a", "2");
    }

    @Test
    void anIdOfItsOwnMustBeAboveAllOthers() {
        assertThat(publisher.publish(message(1).withId("5-5"))).isEqualTo("5-5");
        assertThat(publisher.publish(message(2).withId("5-*"))).isEqualTo("5-6");
        assertThat(publisher.publish(message(3).withId("7"))).isEqualTo("7-0");
        assertThatThrownBy(() -> publisher.publish(message(4).withId("5-5")))
                .isInstanceOf(IdTooSmallException.class)
                .hasMessageContaining("id 5-5")
                .hasCauseInstanceOf(RedisServerException.class);
        assertThat(publisher.publish(message(5).withId("*"))).isNotEqualTo("7-1");
        assertThat(numbers()).containsExactly("1", "2", "3", "5");
    }

    @Test
    void eachOfManyHasAResultAndOneThatIsRefusedStopsNoOther() {
        String noStream = RawRedis.fresh();
        redis.ask("SET " + noStream + " 1");
        List<StreamMessage> messages = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> messages.add(message(i)));
        messages.add(500, StreamMessage.to(noStream).with("x", "1"));
        List<PublishResult> results = publisher.publishAll(messages);
        assertThat(results).hasSize(1_001);
        assertThat(results.get(500).error().orElseThrow())
                .isInstanceOf(RedisServerException.class)
                .hasMessageStartingWith("WRONGTYPE");
        assertThatThrownBy(() -> results.get(500).orThrow()).isInstanceOf(RedisServerException.class);
        assertThat(results.stream().filter(result -> result.id().isPresent())).hasSize(1_000);
        assertThat(numbers())
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "" + i).toList());
    }

    @Test
    void whatIsPublishedWithoutWaitingKeepsItsOrder() {
        List<CompletableFuture<String>> ids = IntStream.range(0, 5_000)
                .mapToObj(i -> publisher.publishAsync(message(i)))
                .toList();
        ids.forEach(CompletableFuture::join);
        assertThat(numbers())
                .containsExactlyElementsOf(
                        IntStream.range(0, 5_000).mapToObj(i -> "" + i).toList());
        assertThat(publisher.publishAsync(message(1).withId("1-1")))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(IdTooSmallException.class);
    }

    @Test
    void whatCannotBePublishedIsRefusedBeforeAnythingIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher.publish(StreamMessage.to(stream)))
                .withMessageContaining("no field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher.publishAll(List.of(message(1), StreamMessage.to(stream))));
        assertThatIllegalArgumentException().isThrownBy(() -> StreamMessage.to(""));
        assertThatIllegalArgumentException().isThrownBy(() -> MaxLength.exact(0));
        assertThat(redis.length(stream)).isZero();
        StreamPublisher closed = StreamPublisher.open(redis.options());
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.publish(message(1)));
        assertThatIllegalStateException().isThrownBy(() -> closed.publishAsync(message(1)));
    }

    @Test
    void replicasAreWaitedFor() {
        try (RedisServer replica = RedisServer.start("--replicaof", "127.0.0.1 " + SERVER.port())) {
            WaitFor.until(
                    "the replica follows", () -> SERVER.ask("INFO replication").contains("state=online"));
            WaitFor.until(
                    "the replica is in step", () -> SERVER.ask("WAIT 1 100").startsWith(":1"));
            try (StreamPublisher one = waiting(Replication.to(1));
                    StreamPublisher two = waiting(new Replication(2, Duration.ofMillis(50)))) {
                one.publish(message(1));
                assertThat(replica.ask("XLEN " + stream)).startsWith(":1");
                assertThat(one.publishAll(List.of(message(2), message(3))))
                        .allMatch(result -> result.id().isPresent());
                assertThat(replica.ask("XLEN " + stream)).startsWith(":3");
                one.publishAsync(message(4)).join();
                assertThatThrownBy(() -> two.publish(message(5)))
                        .isInstanceOfSatisfying(NotReplicatedException.class, few -> {
                            assertThat(few.replicas()).isOne();
                            assertThat(redis.ask("XRANGE " + stream + " " + few.id() + " " + few.id()))
                                    .contains("5");
                        });
                assertThat(two.publishAll(List.of(message(6), message(7))))
                        .allMatch(result -> result.error().orElseThrow() instanceof NotReplicatedException);
                assertThat(redis.length(stream)).isEqualTo(7);
            }
        }
    }

    private StreamPublisher waiting(Replication replication) {
        return StreamPublisher.open(redis.options(), PublisherOptions.defaults().withReplication(replication));
    }
}
