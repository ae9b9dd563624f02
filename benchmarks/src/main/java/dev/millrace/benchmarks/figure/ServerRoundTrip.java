// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.Rivals;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.benchmarks.served.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/*
 * One job at a time through the server: a consumer is blocked in GETJOB, a producer adds, the consumer acknowledges. The
 * servers take turns of a few jobs, so that all see the same machine.
 */
final class ServerRoundTrip implements Figure {
    private static final int CHUNK = 100;
    private static final int CHUNKS = 40;
    private static final byte[] GET = Wire.request("GETJOB", "FROM", "q");
    private static final byte[] ADD = Wire.request("ADDJOB", "q", "b".repeat(64), "0");

    @Override
    public String name() {
        return "server-roundtrip";
    }

    @Override
    public String what() {
        return "ADDJOB, to a consumer blocked in GETJOB, to its ACKJOB, one 64-byte job at a time; beside the real Disque; µs";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Safety safety : List.of(Safety.MEMORY, Safety.ALWAYS)) {
            try (Rivals rivals = Rivals.start(bench, safety)) {
                run(bench, rivals, safety);
            }
        }
    }

    private static void run(Bench bench, Rivals rivals, Safety safety) throws IOException {
        Map<String, List<Double>> medians = new LinkedHashMap<>();
        Map<String, List<Double>> tails = new LinkedHashMap<>();
        int chunks = bench.options().jobs(CHUNKS * CHUNK) / CHUNK;
        for (int round = -Rounds.WARM_UPS; round < bench.options().rounds(); round++) {
            Map<String, Latencies> times = new LinkedHashMap<>();
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (Map.Entry<String, Served> server : rivals.servers().entrySet()) {
                    chunk(server.getValue(), times.computeIfAbsent(server.getKey(), name -> new Latencies()));
                }
            }
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, Latencies> one : times.entrySet()) {
                double p50 = one.getValue().micros(0.5);
                double p99 = one.getValue().micros(0.99);
                text.append(String.format(Locale.ROOT, "%s %.0f / %.0f  ", one.getKey(), p50, p99));
                if (round >= 0) {
                    medians.computeIfAbsent(one.getKey(), name -> new ArrayList<>())
                            .add(p50);
                    tails.computeIfAbsent(one.getKey(), name -> new ArrayList<>())
                            .add(p99);
                }
            }
            bench.report().note("p50 / p99: %s", text);
        }
        String setting = safety.name().toLowerCase(Locale.ROOT);
        report(bench, "µs p50, add to acknowledgement, " + setting, medians, 1.2);
        report(bench, "µs p99, add to acknowledgement, " + setting, tails, 1.5);
    }

    private static void chunk(Served server, Latencies times) throws IOException {
        try (Wire producer = new Wire(server.address());
                Wire consumer = new Wire(server.address())) {
            consumer.send(GET);
            producer.call("PING");
            for (int i = 0; i < CHUNK; i++) {
                long start = System.nanoTime();
                producer.send(ADD);
                String id = consumer.reply().split(" ", -1)[1];
                consumer.call("ACKJOB", id);
                times.add(System.nanoTime() - start);
                producer.reply();
                consumer.send(GET);
                producer.call("PING");
            }
        }
        server.flush();
    }

    private static void report(Bench bench, String what, Map<String, List<Double>> values, double promised) {
        List<Double> ours = values.getOrDefault(Rivals.OURS, List.of());
        List<Double> theirs = values.getOrDefault(Rivals.THEIRS, List.of());
        Line line = Line.of(what, Spread.of(ours).rate());
        if (!theirs.isEmpty()) {
            Spread ratio = Spread.ofRatios(ours, theirs);
            line = line.beside(Rivals.THEIRS, Spread.of(theirs).rate())
                    .ratio(ratio)
                    .atMost(ratio.median(), promised, " ×");
        }
        bench.report().line(line);
    }
}
