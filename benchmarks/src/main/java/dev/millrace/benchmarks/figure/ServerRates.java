// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.AddTalk;
import dev.millrace.benchmarks.served.Load;
import dev.millrace.benchmarks.served.Rivals;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.benchmarks.served.TakeTalk;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Jobs per second of the server over 50 connections, beside the real Disque with the same promise. */
final class ServerRates implements Figure {
    private static final int CONNECTIONS = 50;
    private static final int BYTES = 64;
    private static final int STOCK = 400_000;
    private static final int SMALL_STOCK = 60_000;
    private static final int FILL = 32;
    private static final String QUEUE = "q";
    private static final String BODY = "b".repeat(BYTES);

    /** What is promised against the real server: at least so many times its rate. 0 promises nothing. */
    private record Promise(Safety safety, int pipeline, double adding, double taking) {}

    private static final List<Promise> PROMISES = List.of(
            new Promise(Safety.MEMORY, 32, 4, 3),
            new Promise(Safety.MEMORY, 1, 1, 0),
            new Promise(Safety.EVERYSEC, 32, 3, 0),
            new Promise(Safety.ALWAYS, 32, 3.5, 2),
            new Promise(Safety.ALWAYS, 1, 1.5, 0));

    @Override
    public String name() {
        return "server-rates";
    }

    @Override
    public String what() {
        return "the server over 50 connections, 64-byte jobs: ADDJOB, and GETJOB with ACKJOB; beside the real Disque; jobs/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Promise promise : PROMISES) {
            String setting =
                    promise.safety().name().toLowerCase(java.util.Locale.ROOT) + ", pipelined " + promise.pipeline();
            try (Rivals rivals = Rivals.start(bench, promise.safety())) {
                bench.report().note("ADDJOB, %s", setting);
                report(bench, rivals, "ADDJOB/s, " + setting, promise.adding(), server -> add(bench, server, promise));
                bench.report().note("GETJOB + ACKJOB, %s", setting);
                report(
                        bench,
                        rivals,
                        "GETJOB+ACKJOB/s, " + setting,
                        promise.taking(),
                        server -> take(bench, server, promise));
            }
        }
    }

    private interface Contest {
        double reached(Served server) throws IOException;
    }

    private static void report(Bench bench, Rivals rivals, String what, double promised, Contest contest)
            throws Exception {
        Map<String, Turn> turns = new LinkedHashMap<>();
        rivals.servers().forEach((name, server) -> turns.put(name, () -> contest.reached(server)));
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        Line line = Line.of(what, rounds.of(Rivals.OURS).rate());
        if (rivals.hasTheirs()) {
            Spread ratio = rounds.ratio(Rivals.OURS, Rivals.THEIRS);
            line = line.beside(Rivals.THEIRS, rounds.of(Rivals.THEIRS).rate()).ratio(ratio);
            line = promised > 0 ? line.atLeast(ratio.median(), promised, " ×") : line;
        }
        bench.report().line(line);
    }

    private static double add(Bench bench, Served server, Promise promise) throws IOException {
        long nanos = bench.options().time().toNanos();
        double rate = Load.rate(
                server.address(),
                CONNECTIONS,
                nanos,
                () -> new AddTalk(QUEUE, BODY, promise.pipeline(), Integer.MAX_VALUE));
        server.flush();
        return rate;
    }

    private static double take(Bench bench, Served server, Promise promise) throws IOException {
        int batches =
                Math.max(1, bench.options().jobs(promise.pipeline() > 1 ? STOCK : SMALL_STOCK) / (CONNECTIONS * FILL));
        Load.rate(server.address(), CONNECTIONS, Long.MAX_VALUE, () -> new AddTalk(QUEUE, BODY, FILL, batches));
        AtomicInteger left = new AtomicInteger(batches * CONNECTIONS * FILL);
        double rate = Load.rate(
                server.address(),
                CONNECTIONS,
                Long.MAX_VALUE,
                () -> new TakeTalk(QUEUE, BYTES, promise.pipeline(), left));
        server.flush();
        return rate;
    }
}
