// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.checker.Verdict;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import dev.millrace.testkit.servers.FaultyProxy;
import dev.millrace.testkit.servers.RedisCluster;
import dev.millrace.testkit.servers.RedisSentinel;
import dev.millrace.testkit.servers.RedisServer;
import dev.millrace.testkit.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was accepted is lost, whatever breaks, and the jobs flow again by themselves. */
@Tag("slow")
class FaultsTest {
    private static final RedisOptions.Times QUICK =
            new RedisOptions.Times(Duration.ofMillis(500), Duration.ofMillis(500));

    @TempDir
    Path folder;

    private static RedisBroker broker(RedisOptions options) {
        return RedisBroker.builder().at(options.withTimes(QUICK)).open();
    }

    private static void lostNothing(Verdict verdict) {
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.unexpected()).as("unexpected").isEmpty();
        assertThat(verdict.counts().accepted()).isPositive();
    }

    @Test
    void redisIsKilledAndStartedAgain() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                RedisBroker producing = broker(RedisOptions.server(server.address()));
                RedisBroker working = broker(RedisOptions.server(server.address()));
                Traffic traffic = new Traffic(producing, working, folder)) {
            for (int i = 0; i < 3; i++) {
                traffic.awaitMore(200);
                server.kill();
                server.restart();
            }
            traffic.awaitMore(200);
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void connectionsAreCut() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                FaultyProxy proxy = new FaultyProxy(server.port());
                RedisBroker producing = broker(RedisOptions.server(proxy.address()));
                RedisBroker working = broker(RedisOptions.server(proxy.address()));
                Traffic traffic = new Traffic(producing, working, folder)) {
            for (int i = 0; i < 20; i++) {
                traffic.awaitMore(20);
                proxy.cut();
            }
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void networkSwallowsEverythingForAWhile() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                FaultyProxy proxy = new FaultyProxy(server.port());
                RedisBroker producing = broker(RedisOptions.server(proxy.address()));
                RedisBroker working = broker(RedisOptions.server(proxy.address()));
                Traffic traffic = new Traffic(producing, working, folder)) {
            for (int i = 0; i < 3; i++) {
                traffic.awaitMore(50);
                proxy.swallow();
                traffic.awaitFailures();
                proxy.heal();
            }
            traffic.awaitMore(50);
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void serverStandsStillForAWhile() throws InterruptedException {
        try (RedisServer server = RedisServer.start();
                RedisBroker producing = broker(RedisOptions.server(server.address()));
                RedisBroker working = broker(RedisOptions.server(server.address()));
                Traffic traffic = new Traffic(producing, working, folder)) {
            traffic.awaitMore(100);
            server.freeze();
            traffic.awaitFailures();
            server.resume();
            traffic.awaitMore(100);
            lostNothing(traffic.verdict());
        }
    }

    @Test
    void masterOfAClusterFailsOver() throws InterruptedException {
        try (RedisCluster cluster = RedisCluster.start(1);
                RedisBroker producing = safe(RedisOptions.cluster(cluster.addresses()));
                RedisBroker working = broker(RedisOptions.cluster(cluster.addresses()));
                Traffic traffic = new Traffic(producing, working, folder)) {
            traffic.awaitMore(200);
            RedisServer master = holderOf(cluster, traffic.queue().value());
            master.kill();
            traffic.awaitHandled();
            // Now it is the replica of the one that took its place, so that jobs count as safe again.
            master.restart();
            traffic.awaitMore(200);
            lostNothing(traffic.verdict());
        }
    }

    private static RedisBroker safe(RedisOptions options) {
        return RedisBroker.builder()
                .at(options.withTimes(QUICK))
                .replication(Replication.to(1))
                .open();
    }

    /** The master that holds the keys of a queue. */
    private static RedisServer holderOf(RedisCluster cluster, String queue) {
        return cluster.masters().stream()
                .filter(master -> master.ask("EXISTS millrace:{" + queue + "}").startsWith(":1"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sentinelNamesAnotherMaster() throws InterruptedException {
        try (RedisSentinel sentinel = RedisSentinel.start();
                RedisBroker producing = safe(RedisOptions.sentinel(RedisSentinel.MASTER, List.of(sentinel.address())));
                RedisBroker working = broker(RedisOptions.sentinel(RedisSentinel.MASTER, List.of(sentinel.address())));
                Traffic traffic = new Traffic(producing, working, folder)) {
            traffic.awaitMore(200);
            sentinel.first().kill();
            // The new master has no replica, so that no job counts as safe; the workers go on with what is there.
            traffic.awaitHandled();
            lostNothing(traffic.verdict());
        }
    }
}
