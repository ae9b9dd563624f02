// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.testkit.servers.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long streams become, and what is never removed from them. */
@Tag("slow")
class StreamTrimmingTest {
    @AutoClose
    private static final RedisServer SERVER = RedisServer.start();

    private final RawRedis redis = new RawRedis(SERVER);
    private final String stream = RawRedis.fresh();

    private StreamPublisher publisher(MaxLength length) {
        return StreamPublisher.open(redis.options(), PublisherOptions.defaults().withMaxLength(length));
    }

    private void publish(StreamPublisher publisher, int count) {
        IntStream.range(0, count)
                .forEach(i -> publisher.publish(StreamMessage.to(stream).with("n", "" + i)));
    }

    private void makeGroup(String name) {
        redis.ask("XGROUP CREATE " + stream + " " + name + " 0 MKSTREAM");
    }

    private List<String> read(String group, int count) {
        return redis.ask("XREADGROUP GROUP " + group + " c COUNT " + count + " STREAMS " + stream + " >").stream()
                .filter(line -> line.matches("\\d+-\\d+"))
                .toList();
    }

    @Test
    void aStreamWithoutGroupsIsAsLongAsItMayBe() {
        try (StreamPublisher exact = publisher(MaxLength.exact(10))) {
            publish(exact, 50);
            assertThat(redis.length(stream)).isEqualTo(10);
            assertThat(redis.ask("XRANGE " + stream + " - + COUNT 1")).contains("40");
        }
        try (StreamPublisher some = publisher(MaxLength.approximately(1_000))) {
            publish(some, 2_000);
            assertThat(redis.length(stream)).isBetween(1_000L, 1_100L);
        }
    }

    @Test
    void whatAGroupWasNotDeliveredOrHasPendingStays() {
        makeGroup("g");
        try (StreamPublisher publisher = publisher(MaxLength.exact(10))) {
            publish(publisher, 50);
            assertThat(redis.length(stream)).isEqualTo(50);
            List<String> ids = read("g", 30);
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(51);
            ids.subList(1, 30).forEach(id -> redis.ask("XACK " + stream + " g " + id));
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(52);
            redis.ask("XACK " + stream + " g " + ids.get(0));
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(23);
            read("g", 100).forEach(id -> redis.ask("XACK " + stream + " g " + id));
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(10);
        }
    }

    @Test
    void theSlowestGroupDecides() {
        makeGroup("quick");
        makeGroup("slow");
        try (StreamPublisher publisher = publisher(MaxLength.exact(5))) {
            publish(publisher, 20);
            read("quick", 100).forEach(id -> redis.ask("XACK " + stream + " quick " + id));
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(21);
            read("slow", 8).forEach(id -> redis.ask("XACK " + stream + " slow " + id));
            publish(publisher, 1);
            assertThat(redis.length(stream)).isEqualTo(14);
        }
    }

    @Test
    void everythingIsTrimmedWhereThatIsAskedFor() {
        makeGroup("g");
        try (StreamPublisher publisher = publisher(MaxLength.exact(10).trimming(Trimming.EVERYTHING))) {
            publish(publisher, 50);
            assertThat(redis.length(stream)).isEqualTo(10);
            assertThat(read("g", 100)).hasSize(10);
        }
        try (StreamPublisher publisher = publisher(MaxLength.approximately(100).trimming(Trimming.EVERYTHING))) {
            publish(publisher, 1_000);
            assertThat(redis.length(stream)).isBetween(100L, 300L);
        }
    }

    @Test
    void idsBeyondTheNumbersOfLuaAreToldApart() {
        String time = "9007199254740993";
        makeGroup("g");
        try (StreamPublisher publisher = publisher(MaxLength.exact(1))) {
            for (String sequence : List.of("9007199254740992", "9007199254740993", "9007199254740994")) {
                publisher.publish(StreamMessage.to(stream).with("n", "1").withId(time + "-" + sequence));
            }
            List<String> ids = read("g", 2);
            redis.ask("XACK " + stream + " g " + ids.get(0));
            publisher.publish(StreamMessage.to(stream).with("n", "1").withId(time + "-9007199254740995"));
            assertThat(redis.length(stream)).isEqualTo(3);
            assertThat(redis.ask("XRANGE " + stream + " - + COUNT 1")).contains(ids.get(1));
        }
    }

    @Test
    void manyAtOnceAndWithoutWaitingAreTrimmedToo() {
        try (StreamPublisher publisher = publisher(MaxLength.exact(10))) {
            List<StreamMessage> messages = IntStream.range(0, 300)
                    .mapToObj(i -> StreamMessage.to(stream).with("n", "" + i))
                    .toList();
            redis.ask("SCRIPT FLUSH");
            assertThat(publisher.publishAll(messages))
                    .allMatch(result -> result.id().isPresent());
            assertThat(redis.length(stream)).isEqualTo(10);
            redis.ask("SCRIPT FLUSH");
            messages.stream()
                    .map(publisher::publishAsync)
                    .toList()
                    .forEach(id -> assertThat(id.join()).isNotEmpty());
            assertThat(redis.length(stream)).isEqualTo(10);
            redis.ask("SCRIPT FLUSH");
            assertThat(publisher.publish(messages.get(0))).isNotEmpty();
        }
    }

    @Test
    void aMessageWithVeryManyFieldsIsPublishedAllTheSame() {
        try (StreamPublisher publisher = publisher(MaxLength.exact(1))) {
            StreamMessage large = StreamMessage.of(
                    stream,
                    IntStream.range(0, 10_000)
                            .boxed()
                            .collect(java.util.stream.Collectors.toMap(i -> "f" + i, i -> new byte[1])));
            publisher.publish(large);
            publisher.publish(large);
            assertThat(redis.length(stream)).isEqualTo(2);
            publish(publisher, 1);
            assertThat(redis.length(stream)).isOne();
        }
    }
}
