// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.redisstreams.RedisOptions;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * All work on one Redis that keeps all in memory, turn by turn, with as many messages of the same size. What a peer needs to be quick is
 * given to it: see its class. Spring's container and Redisson's queue are promised to be left behind; Redisson's stream is a loop of
 * bare commands that its user writes, and stands there to be seen.
 */
/** Redis Streams through Millrace beside what a Java user would pick instead. */
final class RedisPeers implements Figure {
    private static final String OURS = "millrace";
    private static final int MESSAGES = 100_000;
    private static final int PUBLISHED = 32_000;
    private static final int PARCEL = 1_000;
    private static final double PROMISED = 1.5;

    private static final Peer SPRING = new Peer("spring-data-redis", "SpringStreams", 16, PROMISED);
    private static final Peer QUEUE = new Peer("redisson queue", "RedissonQueue", 256, PROMISED);
    private static final Peer STREAM = new Peer("redisson stream", "RedissonStream", 1, 0);

    /**
     * Who stands beside.
     *
     * @param name for the report
     * @param program its main class
     * @param threads with which it is quickest when it consumes
     * @param promised how much quicker Millrace is to be; 0 if nothing is promised
     */
    private record Peer(String name, String program, int threads, double promised) {}

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
            Run run = new Run(bench, redis);
            int port = ((InetSocketAddress) redis.address()).getPort();
            RedisOptions options = RedisOptions.server("127.0.0.1:" + port);
            BareStream stream = new BareStream(port);
            int messages = bench.options().jobs(MESSAGES) / PARCEL * PARCEL;
            run.consumed(
                    "messages/s consumed, concurrency " + StreamClients.AT_ONCE,
                    messages,
                    () -> StreamClients.consume(options, stream, messages),
                    List.of(SPRING, STREAM));
            run.consumed(
                    "jobs/s, Worker of concurrency " + RedisWork.CONCURRENCY,
                    messages,
                    () -> RedisWork.worked(port, messages),
                    List.of(QUEUE));
            int published = bench.options().jobs(PUBLISHED) / StreamClients.THREADS * StreamClients.THREADS;
            run.published(published, () -> StreamClients.publish(options, published));
        }
    }

    private record Run(Bench bench, Served redis) {
        void consumed(String what, int messages, Rounds.Turn ours, List<Peer> peers) throws Exception {
            rounds(what, ours, peers, "consume", (contestant, peer) -> contestant.rate(messages, peer.threads()));
        }

        void published(int messages, Rounds.Turn ours) throws Exception {
            rounds(
                    "messages/s published, " + StreamClients.THREADS + " threads",
                    ours,
                    List.of(SPRING, STREAM),
                    "publish",
                    (contestant, peer) -> contestant.rate(messages, StreamClients.THREADS));
        }

        private void rounds(String what, Rounds.Turn ours, List<Peer> peers, String deed, Rate rate) throws Exception {
            Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
            turns.put(OURS, ours);
            Map<Peer, Contestant> contestants = new LinkedHashMap<>();
            try {
                for (Peer peer : peers) {
                    Contestant contestant = Contestant.peer(peer.program(), redis, deed);
                    contestants.put(peer, contestant);
                    turns.put(peer.name(), () -> rate.of(contestant, peer));
                }
                Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
                peers.forEach(peer -> report(what, peer, deed, rounds));
            } finally {
                contestants.values().forEach(Contestant::close);
            }
        }

        private void report(String what, Peer peer, String deed, Rounds rounds) {
            Line line = Line.of(what, rounds.of(OURS).rate())
                    .beside(peer.name(), rounds.of(peer.name()).rate())
                    .ratio(rounds.ratio(OURS, peer.name()));
            boolean isPromised = peer.promised() > 0 && deed.equals("consume");
            double reached = rounds.ratio(OURS, peer.name()).median();
            bench.report().line(isPromised ? line.atLeast(reached, peer.promised(), " ×") : line);
        }
    }

    @FunctionalInterface
    private interface Rate {
        double of(Contestant contestant, Peer peer) throws Exception;
    }
}
