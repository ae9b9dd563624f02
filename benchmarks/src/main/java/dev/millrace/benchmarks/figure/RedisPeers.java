// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.figure.PeerRounds.Peer;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.redisstreams.RedisOptions;
import java.net.InetSocketAddress;
import java.util.List;

/*
 * All work on one Redis that keeps all in memory, turn by turn, with as many messages of the same size. What a peer needs to be quick is
 * given to it: see its class. Spring's container and Redisson's queue are promised to be left behind; Redisson's stream is a loop of
 * bare commands that its user writes, and stands there to be seen.
 */
/** Redis Streams through Millrace beside what a Java user would pick instead. */
final class RedisPeers implements Figure {
    private static final int MESSAGES = 100_000;
    private static final int PUBLISHED = 32_000;

    private static final Peer SPRING = new Peer("spring-data-redis", "SpringStreams", 16, 1.5);
    private static final Peer QUEUE = new Peer("redisson queue", "RedissonQueue", 256, 1.5);
    private static final Peer STREAM = new Peer("redisson stream", "RedissonStream", 1, 0);

    @Override
    public String name() {
        return "redis-peers";
    }

    @Override
    public String what() {
        return "64-byte messages worked off with empty handlers, and published by 16 threads; beside Spring Data Redis' listener"
                + " container and Redisson; messages/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Served redis = Served.redis(bench.folder("redis"))) {
            int port = ((InetSocketAddress) redis.address()).getPort();
            PeerRounds rounds = new PeerRounds(bench, List.of("127.0.0.1", "" + port));
            RedisOptions options = RedisOptions.server("127.0.0.1:" + port);
            BareStream stream = new BareStream(port);
            int messages = bench.options().jobs(MESSAGES) / WorkingOff.PARCEL * WorkingOff.PARCEL;
            rounds.take(
                    "messages/s consumed, concurrency " + StreamClients.AT_ONCE,
                    "work",
                    messages,
                    () -> StreamClients.consume(options, stream, messages),
                    List.of(SPRING, STREAM));
            WorkingOff worker = new WorkingOff("redis://127.0.0.1:" + port, RedisWork.CONCURRENCY);
            rounds.take(
                    "jobs/s, Worker of concurrency " + RedisWork.CONCURRENCY,
                    "work",
                    messages,
                    () -> worker.rate(messages),
                    List.of(QUEUE));
            int threads = StreamClients.THREADS;
            int published = bench.options().jobs(PUBLISHED) / threads * threads;
            rounds.take(
                    "messages/s published, " + threads + " threads",
                    "single",
                    published,
                    () -> StreamClients.publish(options, published),
                    List.of(SPRING.with(threads, 0), STREAM.with(threads, 0)));
        }
    }
}
