// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.consumer.ConsumerEvent.GroupMadeAnew;
import dev.millrace.redisstreams.consumer.ConsumerEvent.NetworkFailed;
import dev.millrace.redisstreams.publisher.PublisherOptions;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that dies, and groups that go: each test has a server to itself. */
@Tag("slow")
class StreamFaultsTest {
    @AutoClose
    private final RedisServer server = RedisServer.start();

    private final ConsumerWorld world = new ConsumerWorld(server);
    private final RawRedis redis = world.redis;
    private final String stream = world.stream;

    @Test
    void publisherAndConsumerSurviveKillsOfRedisAndLoseNothing() {
        int count = 3_000;
        Set<String> published = ConcurrentHashMap.newKeySet();
        PublisherOptions patient = PublisherOptions.defaults().withNetworkRetry(-1);
        try (StreamPublisher publisher = StreamPublisher.open(redis.options(), patient);
                StreamConsumer consumer = world.hasty("c").concurrency(4).bufferSize(20).stream(stream, world::done)
                        .start()) {
            List<CompletableFuture<Void>> producers = IntStream.range(0, 3)
                    .mapToObj(producer -> CompletableFuture.runAsync(() -> IntStream.range(0, count / 3)
                            .forEach(i -> published.add(
                                    publisher.publish(StreamMessage.to(stream).with("n", producer + "-" + i))))))
                    .toList();
            for (int kill = 1; kill <= 3; kill++) {
                int some = kill * count / 5;
                WaitFor.until("some were published", () -> published.size() > some);
                server.kill();
                server.restart();
            }
            producers.forEach(CompletableFuture::join);
            assertThat(published).hasSize(count);
            WaitFor.until(
                    "all were handled",
                    Duration.ofSeconds(30),
                    () -> handledIds().containsAll(published));
            world.untilNothingIsPending();
            assertThat(world.told(NetworkFailed.class)).isNotEmpty().allMatch(NetworkFailed::retrying);
            assertThat(world.event(ConsumerEvent.Recovered.class).stream()).isEqualTo(stream);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    private Set<String> handledIds() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        world.handled.forEach(message -> ids.add(message.id().orElseThrow()));
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "DEL %s", "XGROUP DESTROY %s g"})
    void aGroupThatIsGoneIsMadeAnew(String end) {
        try (StreamConsumer consumer =
                world.consumer("c").stream(stream, world::done).start()) {
            redis.add(stream, "x 1");
            world.untilHandled(1);
            world.untilNothingIsPending();
            redis.ask(end.replace("%s", stream));
            assertThat(world.event(GroupMadeAnew.class)).isEqualTo(new GroupMadeAnew(stream, "0-0"));
            redis.add(stream, "x 2");
            WaitFor.until(
                    "the next came",
                    () -> world.handled.stream()
                            .anyMatch(message -> message.text("x").orElseThrow().equals("2")));
            world.untilNothingIsPending();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource(GroupStart.class)
    void messagesInHandAndWaitingComeAgainWhenTheirGroupIsDestroyed(GroupStart start) {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch may = new CountDownLatch(1);
        redis.add(stream, "x before");
        try (StreamConsumer consumer = world.hasty("c").concurrency(2).start(start).stream(
                        stream, (message, context) -> {
                            String text = message.text("x").orElseThrow();
                            if (text.equals("held") && runs.getCount() > 0) {
                                runs.countDown();
                                may.await();
                            } else if (text.equals("waits")
                                    && world.told(GroupMadeAnew.class).isEmpty()) {
                                return Result.retry(new IllegalStateException(), Duration.ofSeconds(1));
                            }
                            return world.done(message, context);
                        })
                .start()) {
            redis.add(stream, "x held");
            redis.add(stream, "x waits");
            WaitFor.until("one runs", () -> runs.getCount() == 0);
            world.event(ConsumerEvent.HandlerFailed.class);
            redis.ask("XGROUP DESTROY " + stream + " g");
            world.event(GroupMadeAnew.class);
            may.countDown();
            WaitFor.until("both came", () -> texts().containsAll(Set.of("held", "waits")));
            world.untilNothingIsPending();
            assertThat(texts().contains("before")).isEqualTo(start == GroupStart.EVERYTHING);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @ParameterizedTest
    @EnumSource(GroupStart.class)
    void aMessageThatWasLostWithItsGroupBeforeAnybodyNoticedComesAgain(GroupStart start) {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (StreamConsumer consumer = world.hasty("c").start(start).stream(stream, (message, context) -> {
                    if (runs.getCount() > 0) {
                        runs.countDown();
                        never.await();
                    }
                    return world.done(message, context);
                })
                .start()) {
            redis.add(stream, "x 1");
            WaitFor.until("it runs", () -> runs.getCount() == 0);
            redis.ask("XGROUP DESTROY " + stream + " g");
            world.event(ConsumerEvent.ClaimedByOther.class);
            world.event(GroupMadeAnew.class);
            world.untilHandled(1);
            world.untilNothingIsPending();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    private Set<String> texts() {
        Set<String> texts = ConcurrentHashMap.newKeySet();
        world.handled.forEach(message -> texts.add(message.text("x").orElseThrow()));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aConsumerThatMayNotRetryForEverEndsAndSaysWhy(int retries) {
        StreamConsumer consumer = world.consumer("c").networkRetry(retries).stream(stream, world::done)
                .start();
        server.kill();
        assertThatThrownBy(() -> consumer.ended().toCompletableFuture().join()).hasRootCauseInstanceOf(Exception.class);
        WaitFor.until("the end is told", () -> world.told(NetworkFailed.class).size() == retries + 1);
        List<NetworkFailed> told = world.told(NetworkFailed.class);
        assertThat(told.getLast().retrying()).isFalse();
        assertThat(told.getLast().backoff()).isEmpty();
        assertThat(told.subList(0, retries))
                .allMatch(event -> event.retrying() && event.backoff().isPresent());
        consumer.close();
    }

    @Test
    void aServerThatHangsForAWhileLosesNothing() {
        try (StreamConsumer consumer = world.consumer("c").bufferSize(10).readTimeout(Duration.ofMillis(50)).stream(
                        stream, world::done)
                .start()) {
            redis.add(stream, "x 1");
            world.untilHandled(1);
            server.freeze();
            assertThat(world.event(NetworkFailed.class).retrying()).isTrue();
            server.resume();
            redis.add(stream, "x 2");
            world.untilHandled(2);
            world.untilNothingIsPending();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatAReplyCarriedThatWasLostIsHandledAndCountsOnce() {
        try (FaultyProxy proxy = new FaultyProxy(server.port());
                StreamConsumer consumer = StreamConsumer.on(RedisOptions.server(proxy.address()))
                        .group("g")
                        .consumer("c")
                        .claimInterval(Duration.ZERO)
                        .listener(world.events::add)
                        .stream(stream, world::done)
                        .start()) {
            proxy.cutNextReplyWith("precious");
            redis.add(stream, "x precious");
            world.untilHandled(1);
            world.untilNothingIsPending();
            assertThat(proxy.cuts()).isOne();
            assertThat(world.deliveries).containsExactly(1);
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }
}
