// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.testkit.servers.RabbitServer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/*
 * Both work off what was put there before, from quorum queues of one RabbitMQ. The bare consumer acknowledges each message on the
 * thread that brings it.
 */
/** A worker on {@code amqp:} beside a bare consumer. */
final class AmqpWork implements Figure {
    private static final int JOBS = 50_000;
    private static final int CONCURRENCY = 50;
    private static final String BARE = "bare";
    private static final byte[] BODY = "b".repeat(64).getBytes(StandardCharsets.UTF_8);

    @Override
    public String name() {
        return "amqp-work";
    }

    @Override
    public String what() {
        return "64-byte jobs worked off with empty handlers through amqp:, jobs/s, beside a bare consumer of the same prefetch; and"
                + " from enqueue to start on an idle queue";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (RabbitServer rabbit = RabbitServer.start()) {
            int jobs = bench.options().jobs(JOBS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
            WorkingOff millrace = new WorkingOff("amqp://guest:guest@" + rabbit.address(), CONCURRENCY);
            BareAmqp bare = new BareAmqp(rabbit.port(), BARE, Map.of("x-queue-type", "quorum"));
            Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
            turns.put("millrace", () -> millrace.rate(jobs));
            turns.put(BARE, () -> bare.consume(jobs, CONCURRENCY, BODY));
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            bench.report()
                    .line(Line.of(
                                    "jobs/s, Worker of concurrency " + CONCURRENCY,
                                    rounds.of("millrace").rate())
                            .beside("bare consumer", rounds.of(BARE).rate())
                            .ratio(rounds.ratio("millrace", BARE))
                            .atLeast(rounds.ratio("millrace", BARE).median(), 0.6, " ×"));
            millrace.latency(bench, 5_000);
        }
    }
}
