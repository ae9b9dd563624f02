// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Subscription;
import dev.millrace.redisstreams.GroupStart;
import dev.millrace.redisstreams.RawRedis;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GroupSettlerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final GroupTerms TERMS = new GroupTerms(
            "g",
            "consumer",
            GroupStart.EVERYTHING,
            new GroupTerms.Reading(Duration.ZERO, 0),
            new GroupTerms.Claiming(LONG, Duration.ZERO),
            new GroupTerms.Tidying(false, Duration.ZERO));

    private static final GroupNews NO_NEWS = new GroupNews() {
        @Override
        public void vanished(String stream, String id) {}

        @Override
        public void madeAnew(String stream, String from) {}
    };

    private static Delivery next(GroupReceiver receiver) {
        try {
            return receiver.receive(1, Duration.ZERO).getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever hears that it comes again may be quicker than whoever released it. */
    @Test
    void messageThatIsHandedOutAnewAtOnceCanBeSettled() {
        try (RedisServer server = RedisServer.start();
                RedisLink link = RedisLink.open(RedisOptions.server(server.address()))) {
            RawRedis redis = new RawRedis(server);
            redis.add("s", "x 1");
            Site site = new Site(new Group(link, TERMS, "s"), NO_NEWS, NanoClock.SYSTEM);
            try (GroupReceiver receiver =
                    new GroupReceiver(site, Subscription.to("s", 2, LONG), InstantSource.system())) {
                Delivery first = next(receiver);
                List<Delivery> second = new ArrayList<>();
                CompletableFuture<?> handedOut = site.holdings().listen().thenRun(() -> second.add(next(receiver)));
                assertThat(receiver.settle(List.of(new Settlement.Release(first, Duration.ZERO, Cause.FAILED))))
                        .containsExactly(Settled.CONFIRMED);
                assertThat(handedOut).isCompleted();
                assertThat(receiver.settle(List.of(new Settlement.Ack(second.getFirst()))))
                        .containsExactly(Settled.CONFIRMED);
                assertThat(redis.pending("s", "g")).isZero();
            }
        }
    }
}
