// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.Served;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/*
 * Both work off what was put there before, on one Redis that keeps all in memory. The bare loop is one thread that reads as many
 * entries at a time as the worker does and acknowledges them with one command; it leaves them in the stream, where the broker removes
 * what is done, tells deliveries apart and keeps leases.
 */
/** A worker on {@code redis:} beside a bare loop of XREADGROUP and XACK. */
final class RedisWork implements Figure {
    private static final int JOBS = 100_000;
    static final int CONCURRENCY = 256;
    private static final String BARE = "bare";

    @Override
    public String name() {
        return "redis-work";
    }

    @Override
    public String what() {
        return "64-byte jobs worked off with empty handlers through redis:, jobs/s, beside a bare XREADGROUP/XACK loop; and from"
                + " enqueue to start on an idle queue";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Served redis = Served.redis(bench.folder("redis"))) {
            int port = ((InetSocketAddress) redis.address()).getPort();
            int jobs = bench.options().jobs(JOBS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
            WorkingOff millrace = new WorkingOff("redis://127.0.0.1:" + port, CONCURRENCY);
            Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
            turns.put("millrace", () -> millrace.rate(jobs));
            turns.put(BARE, () -> new BareStream(port).consume(jobs, CONCURRENCY));
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            bench.report()
                    .line(Line.of(
                                    "jobs/s, Worker of concurrency " + CONCURRENCY,
                                    rounds.of("millrace").rate())
                            .beside("bare loop", rounds.of(BARE).rate())
                            .ratio(rounds.ratio("millrace", BARE))
                            .atLeast(rounds.ratio("millrace", BARE).median(), 0.6, " ×"));
            millrace.latency(bench, 3_000);
        }
    }
}
