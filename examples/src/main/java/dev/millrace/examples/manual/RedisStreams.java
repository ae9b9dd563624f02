// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.consumer.ConsumerEvent;
import dev.millrace.redisstreams.consumer.Result;
import dev.millrace.redisstreams.consumer.StreamConsumer;
import dev.millrace.redisstreams.consumer.StreamConsumerBuilder;
import dev.millrace.redisstreams.publisher.MaxLength;
import dev.millrace.redisstreams.publisher.PublisherOptions;
import dev.millrace.redisstreams.publisher.Replication;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import java.time.Duration;
import java.util.List;

/** The publisher and the consumer of Redis Streams. */
final class RedisStreams {
    private RedisStreams() {}

    static void quickStart() throws Exception {
        // tag::quick[]
        RedisOptions redis = RedisOptions.server("localhost:6379");
        try (StreamPublisher publisher = StreamPublisher.open(redis);
                StreamConsumer consumer = StreamConsumer.on(redis)
                        .group("billing")
                        .consumer("billing-1")
                        .concurrency(8)
                        .listener(event -> System.err.println(event))
                        .stream("orders", (message, context) -> {
                            System.out.println(message.id().orElseThrow() + " " + message.texts());
                            return Result.success();
                        })
                        .start()) {
            publisher.publish(StreamMessage.to("orders").with("number", "42").with("customer", "Ada"));
            System.in.read();
        }
        // end::quick[]
    }

    static void publishing(RedisOptions redis, List<StreamMessage> messages) {
        // tag::publish[]
        PublisherOptions options = PublisherOptions.defaults()
                .withMaxLength(MaxLength.approximately(100_000))
                .withNetworkRetry(-1)
                .withReplication(Replication.to(1))
                .withListener(event -> System.err.println(event));
        try (StreamPublisher publisher = StreamPublisher.open(redis, options)) {
            String id = publisher.publish(StreamMessage.to("orders").with("number", "42"));
            System.out.println("published as " + id);
            publisher.publishAll(messages).forEach(result -> result.error().ifPresent(System.err::println));
            publisher.publishAsync(StreamMessage.to("audit").with("order", id)).join();
        }
        // end::publish[]
    }

    static void ownId(StreamPublisher publisher) {
        // tag::id[]
        try {
            publisher.publish(StreamMessage.to("ticks").with("price", "9.81").withId("1700000000000-0"));
        } catch (IdTooSmallException e) {
            System.err.println(e.getMessage());
        }
        // end::id[]
    }

    static StreamConsumer consuming(RedisOptions redis) {
        // tag::consume[]
        StreamConsumerBuilder consumer = StreamConsumer.on(redis)
                .group("billing")
                .consumer("billing-1")
                .start(GroupStart.EVERYTHING)
                .concurrency(16)
                .bufferSize(100)
                .maxRetry(3)
                .backoff(Duration.ofMillis(100), Duration.ofSeconds(10))
                .handlerTimeout(Duration.ofMinutes(2))
                .pendingTimeout(Duration.ofSeconds(30))
                .claimInterval(Duration.ofSeconds(10));
        consumer.stream(
                "orders",
                (message, context) -> {
                    if (message.text("number").isEmpty()) {
                        return Result.discard(new IllegalArgumentException("an order without a number"));
                    }
                    return closedToday()
                            ? Result.retry(new IllegalStateException("closed today"), Duration.ofHours(8))
                            : Result.success();
                },
                (dead, context) -> {
                    System.err.println(dead + " failed " + (context.delivery() - 1) + " times");
                    return Result.success();
                });
        // end::consume[]
        return consumer.start();
    }

    private static boolean closedToday() {
        return false;
    }

    static StreamConsumerBuilder listening(StreamConsumerBuilder consumer) {
        // tag::events[]
        consumer.listener(event -> {
            switch (event) {
                case ConsumerEvent.HandlerFailed failed ->
                    System.err.println(failed.message() + " failed: " + failed.error());
                case ConsumerEvent.Dropped dropped -> System.err.println("gone for good: " + dropped.message());
                case ConsumerEvent.NetworkFailed down -> System.err.println("Redis is away: " + down.error());
                default -> {}
            }
        });
        // end::events[]
        return consumer;
    }
}
