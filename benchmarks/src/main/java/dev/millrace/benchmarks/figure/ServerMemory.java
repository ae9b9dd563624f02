// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.AddTalk;
import dev.millrace.benchmarks.served.Load;
import dev.millrace.benchmarks.served.Rivals;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.benchmarks.served.TakeTalk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a million queued jobs take of the server's memory, and what is left of that when they are gone. */
final class ServerMemory implements Figure {
    private static final int JOBS = 1_000_000;
    private static final int CONNECTIONS = 50;
    private static final int PIPELINE = 32;
    private static final long SETTLE_SECONDS = 10;
    private static final double MIB = 1 << 20;

    @Override
    public String name() {
        return "server-memory";
    }

    @Override
    public String what() {
        return "resident memory of the server with a million queued 64-byte jobs, and after them; beside the real Disque; MiB";
    }

    @Override
    public void run(Bench bench) throws Exception {
        Map<String, List<Double>> full = new LinkedHashMap<>();
        Map<String, List<Double>> after = new LinkedHashMap<>();
        int batches = Math.max(1, bench.options().jobs(JOBS) / (CONNECTIONS * PIPELINE));
        for (Safety safety : List.of(Safety.EVERYSEC, Safety.MEMORY)) {
            try (Rivals rivals = Rivals.start(bench, safety)) {
                for (Map.Entry<String, Served> server : rivals.servers().entrySet()) {
                    measure(server.getKey() + " " + safety, server.getValue(), batches, full, after);
                }
            }
            String setting = safety == Safety.MEMORY ? ", mem:" : ", file:";
            line(bench, "MiB resident, 1,000,000 queued jobs" + setting, full, safety);
            line(bench, "MiB resident after they are gone" + setting, after, safety);
        }
    }

    private static void measure(
            String name, Served server, int batches, Map<String, List<Double>> full, Map<String, List<Double>> after)
            throws Exception {
        Load.rate(
                server.address(),
                CONNECTIONS,
                Long.MAX_VALUE,
                () -> new AddTalk("q", "b".repeat(64), PIPELINE, batches));
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        full.computeIfAbsent(name, key -> new ArrayList<>()).add(server.resident() / MIB);
        AtomicInteger left = new AtomicInteger(batches * CONNECTIONS * PIPELINE);
        Load.rate(server.address(), CONNECTIONS, Long.MAX_VALUE, () -> new TakeTalk("q", 64, PIPELINE, left));
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        after.computeIfAbsent(name, key -> new ArrayList<>()).add(server.resident() / MIB);
    }

    private static void line(Bench bench, String what, Map<String, List<Double>> values, Safety safety) {
        List<Double> ours = values.getOrDefault(Rivals.OURS + " " + safety, List.of());
        List<Double> theirs = values.getOrDefault(Rivals.THEIRS + " " + safety, List.of());
        Line line = Line.of(what, Spread.of(ours).fine());
        if (!theirs.isEmpty()) {
            Spread ratio = Spread.ofRatios(ours, theirs);
            line = line.beside(Rivals.THEIRS, Spread.of(theirs).fine())
                    .ratio(ratio)
                    .atMost(ratio.median(), 0.4, " ×");
        }
        bench.report().line(line);
    }
}
