// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.redisstreams.NotReplicatedException;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.testkit.servers.RedisCluster;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stream whose slot moves from one master to another: its old one says ASK, and MOVED when it has moved. */
@Tag("slow")
class MovingSlotTest {
    @AutoClose
    private final RedisCluster cluster = RedisCluster.start(0);

    private final RedisOptions options = RedisOptions.cluster(cluster.addresses());
    private final String stream = RawRedis.fresh();
    private final String slot = word(cluster.servers().get(0), "CLUSTER KEYSLOT " + stream);

    private static String word(RedisServer server, String command) {
        return server.ask(command).lines().toList().getLast().replace(":", "");
    }

    private static String nameOf(RedisServer server) {
        return word(server, "CLUSTER MYID");
    }

    private RedisServer owner() {
        return cluster.servers().stream()
                .filter(server -> !server.ask("EXISTS " + stream).contains("MOVED"))
                .findFirst()
                .orElseThrow();
    }

    private void publish(PublisherOptions how) {
        try (StreamPublisher publisher = StreamPublisher.open(options, how)) {
            assertThat(publisher.publish(StreamMessage.to(stream).with("x", "1")))
                    .isNotEmpty();
        }
    }

    @Test
    void whatIsPublishedMeanwhileGoesWhereItIsSent() {
        RedisServer from = owner();
        RedisServer to = cluster.servers().stream()
                .filter(server -> server != from)
                .findFirst()
                .orElseThrow();
        assertThat(to.ask("CLUSTER SETSLOT " + slot + " IMPORTING " + nameOf(from)))
                .startsWith("+OK");
        assertThat(from.ask("CLUSTER SETSLOT " + slot + " MIGRATING " + nameOf(to)))
                .startsWith("+OK");
        assertThat(from.ask("EXISTS " + stream)).startsWith("-ASK");

        PublisherOptions plain = PublisherOptions.defaults();
        publish(plain);
        publish(plain.withMaxLength(MaxLength.exact(1_000)));
        PublisherOptions safe = plain.withReplication(new Replication(1, Duration.ofMillis(20)));
        assertThatThrownBy(() -> publish(safe)).isInstanceOf(NotReplicatedException.class);
        assertThat(to.ask("ASKING\r\nXLEN " + stream)).endsWith(":3\r\n");

        String moved = "CLUSTER SETSLOT " + slot + " NODE " + nameOf(to);
        assertThat(to.ask(moved)).startsWith("+OK");
        assertThat(from.ask(moved)).startsWith("+OK");
        publish(plain);
        assertThatThrownBy(() -> publish(safe)).isInstanceOf(NotReplicatedException.class);
        assertThat(to.ask("XLEN " + stream)).isEqualTo(":5\r\n");
    }
}
