// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisConnectionException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.publisher.PublisherEvent.NetworkFailed;
import dev.millrace.redisstreams.publisher.PublisherOptions.Retrying;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A publisher whose server or network fails: each test has a server to itself. */
class StreamPublisherFaultsTest {
    @AutoClose
    private final RedisServer server = RedisServer.start();

    private final RawRedis redis = new RawRedis(server);
    private final String stream = RawRedis.fresh();
    private final List<PublisherEvent> events = new CopyOnWriteArrayList<>();

    private StreamMessage message(String text) {
        return StreamMessage.to(stream).with("n", text);
    }

    private PublisherOptions retries(int count) {
        return PublisherOptions.defaults()
                .withRetrying(new Retrying(count, Duration.ofMillis(10), Duration.ofMillis(50)))
                .withListener(events::add);
    }

    private List<NetworkFailed> failures() {
        return events.stream()
                .filter(NetworkFailed.class::isInstance)
                .map(NetworkFailed.class::cast)
                .toList();
    }

    @Test
    void withoutRetriesAFailureIsThrownAndTold() {
        try (StreamPublisher publisher = StreamPublisher.open(redis.options(), retries(0))) {
            server.kill();
            assertThatThrownBy(() -> publisher.publish(message("1"))).isInstanceOf(RedisConnectionException.class);
            WaitFor.until("it is told", () -> failures().size() == 1);
            assertThat(failures().get(0).retrying()).isFalse();
            assertThat(failures().get(0).backoff()).isEmpty();
            assertThat(failures().get(0).message()).isEqualTo(message("1"));
            assertThat(publisher.publishAll(List.of(message("1"), message("2"))))
                    .allMatch(result -> result.error().orElseThrow() instanceof RedisConnectionException);
        }
    }

    @Test
    void afterSoManyRetriesItGivesUp() {
        try (StreamPublisher publisher = StreamPublisher.open(redis.options(), retries(3))) {
            server.kill();
            assertThatThrownBy(() -> publisher.publish(message("1"))).isInstanceOf(RedisConnectionException.class);
            WaitFor.until("all are told", () -> failures().size() == 4);
            assertThat(failures().subList(0, 3)).allMatch(NetworkFailed::retrying);
            assertThat(failures().get(3).retrying()).isFalse();
        }
    }

    @Test
    void aRestartIsWaitedForInEveryWayOfPublishing() {
        try (StreamPublisher publisher = StreamPublisher.open(redis.options(), retries(-1))) {
            publisher.publish(message("0"));
            server.kill();
            List<CompletableFuture<?>> publishing = List.of(
                    CompletableFuture.runAsync(() -> publisher.publish(message("1"))),
                    CompletableFuture.runAsync(() -> assertThat(publisher.publishAll(IntStream.range(0, 500)
                                    .mapToObj(i -> message("all"))
                                    .toList()))
                            .allMatch(result -> result.id().isPresent())),
                    publisher.publishAsync(message("2")));
            WaitFor.until("it failed a few times", () -> failures().size() > 5);
            server.restart();
            publishing.forEach(CompletableFuture::join);
            assertThat(redis.length(stream)).isEqualTo(503);
            assertThat(failures()).allMatch(NetworkFailed::retrying);
        }
    }

    @Test
    void closingEndsTheRetries() {
        StreamPublisher publisher = StreamPublisher.open(redis.options(), retries(-1));
        server.kill();
        CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> publisher.publish(message("1")));
        CompletableFuture<String> other = publisher.publishAsync(message("2"));
        WaitFor.until("both failed", () -> failures().size() > 3);
        publisher.close();
        assertThatThrownBy(one::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfAny(RedisConnectionException.class, IllegalStateException.class);
        assertThatThrownBy(other::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void anInterruptEndsTheRetries() throws InterruptedException {
        try (StreamPublisher publisher = StreamPublisher.open(
                redis.options(),
                retries(-1).withRetrying(new Retrying(-1, Duration.ofHours(1), Duration.ofHours(1))))) {
            server.kill();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    publisher.publish(message("1"));
                } catch (RedisConnectionException e) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                }
            });
            WaitFor.until("it rests", () -> failures().size() == 1);
            thread.interrupt();
            thread.join();
            assertThat(interrupted).isCompletedWithValue(true);
        }
    }

    @Test
    void aMessageWithAnIdWhoseReplyWasLostIsThereOnce() {
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                StreamPublisher publisher = StreamPublisher.open(RedisOptions.server(proxy.address()), retries(3))) {
            proxy.cutNextReplyWith("77-1");
            assertThat(publisher.publish(message("1").withId("77-1"))).isEqualTo("77-1");
            assertThat(proxy.cuts()).isOne();
            proxy.cutNextReplyWith("78-0");
            assertThat(publisher.publishAsync(message("2").withId("78")).join()).isEqualTo("78-0");
            proxy.cutNextReplyWith("80-0");
            assertThat(publisher.publishAll(
                            List.of(message("3").withId("79-0"), message("4").withId("80-0"))))
                    .extracting(result -> result.id().orElseThrow())
                    .containsExactly("79-0", "80-0");
            assertThat(proxy.cuts()).isEqualTo(3);
            assertThat(redis.length(stream)).isEqualTo(4);
        }
    }

    @Test
    void anIdThatSomebodyElseTookMeanwhileIsRefused() {
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                StreamPublisher publisher = StreamPublisher.open(RedisOptions.server(proxy.address()), retries(3))) {
            redis.ask("XADD " + stream + " 90-0 n other");
            assertThatThrownBy(() -> publisher.publish(message("mine").withId("90-0")))
                    .isInstanceOf(IdTooSmallException.class);
            WaitFor.until("it is told", () -> events.stream().anyMatch(PublisherEvent.Refused.class::isInstance));
        }
    }

    @Test
    void aMessageWithoutAnIdWhoseReplyWasLostMayBeThereTwice() {
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                StreamPublisher publisher = StreamPublisher.open(RedisOptions.server(proxy.address()), retries(3))) {
            proxy.cutNextReplyWith("-0");
            publisher.publish(message("1"));
            assertThat(redis.length(stream)).isEqualTo(2);
            WaitFor.until("it is told", () -> failures().size() == 1);
            assertThat(failures().get(0).error())
                    .isInstanceOfSatisfying(
                            RedisConnectionException.class,
                            lost -> assertThat(lost.mayHaveBeenExecuted()).isTrue());
        }
    }
}
