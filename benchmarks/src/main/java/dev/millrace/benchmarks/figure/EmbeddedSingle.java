// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.measure.SyncedLoop;
import dev.millrace.benchmarks.store.JobStore;
import dev.millrace.benchmarks.store.JobStore.Lane;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/*
 * How long one producer waits for one job, beside the least that a synced write can cost. The contestants take turns of
 * a few writes only, so that all see the same disk; a round compares the percentiles of its own values.
 */
final class EmbeddedSingle implements Figure {
    private static final int BYTES = 64;
    private static final int CHUNK = 50;
    private static final int CHUNKS = 60;
    private static final double P50 = 0.5;
    private static final double P99 = 0.99;
    private static final String YARDSTICK = "fdatasync";

    private interface Step {
        void once() throws Exception;
    }

    private final Map<String, List<Double>> medians = new LinkedHashMap<>();
    private final Map<String, List<Double>> tails = new LinkedHashMap<>();

    @Override
    public String name() {
        return "embedded-single";
    }

    @Override
    public String what() {
        return "sync=always, 64-byte jobs, one thread enqueues 1; beside a bare loop of synced writes of as many bytes into"
                + " a file that was filled with zeros; microseconds";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Folder folder = bench.folder("loop");
                Stores stores = new Stores(bench, BYTES)) {
            int frame = WriteSize.ofOneJob((MillraceStore) stores.all().getFirst());
            bench.report().note("bytes per synced write of the loop: %d", frame);
            try (SyncedLoop data = new SyncedLoop(folder.path().resolve("data"), frame, false);
                    SyncedLoop all = new SyncedLoop(folder.path().resolve("all"), frame, true)) {
                Map<String, Step> steps = new LinkedHashMap<>();
                steps.put(YARDSTICK, data::once);
                steps.put("fsync", all::once);
                List<Lane> lanes = new ArrayList<>();
                for (JobStore store : stores.all()) {
                    Lane lane = store.lane();
                    lanes.add(lane);
                    steps.put(store.name(), () -> lane.enqueue(1));
                }
                rounds(bench, steps, lanes);
                for (Lane lane : lanes) {
                    lane.close();
                }
            }
            stores.checkEmpty();
        }
        report(bench, "p50", medians, 1.25);
        report(bench, "p99", tails, 1.5);
    }

    private void rounds(Bench bench, Map<String, Step> steps, List<Lane> lanes) throws Exception {
        int chunks = bench.options().jobs(CHUNKS * CHUNK) / CHUNK;
        for (int round = -Rounds.WARM_UPS; round < 2 * bench.options().rounds(); round++) {
            Map<String, Latencies> times = new LinkedHashMap<>();
            for (int chunk = 0; chunk < chunks; chunk++) {
                for (Map.Entry<String, Step> step : steps.entrySet()) {
                    chunk(step.getValue(), times.computeIfAbsent(step.getKey(), name -> new Latencies()));
                }
            }
            for (Lane lane : lanes) {
                lane.finish(chunks * CHUNK);
            }
            if (round >= 0) {
                keep(bench, times);
            }
        }
    }

    private static void chunk(Step step, Latencies times) throws Exception {
        for (int i = 0; i < CHUNK; i++) {
            long start = System.nanoTime();
            step.once();
            times.add(System.nanoTime() - start);
        }
    }

    private void keep(Bench bench, Map<String, Latencies> times) {
        StringBuilder text = new StringBuilder();
        times.forEach((name, values) -> {
            double p50 = values.micros(P50);
            double p99 = values.micros(P99);
            medians.computeIfAbsent(name, key -> new ArrayList<>()).add(p50);
            tails.computeIfAbsent(name, key -> new ArrayList<>()).add(p99);
            text.append(String.format(Locale.ROOT, "%s %.0f / %.0f  ", name, p50, p99));
        });
        bench.report().note("p50 / p99: %s", text);
    }

    private static void report(Bench bench, String which, Map<String, List<Double>> values, double promised) {
        List<Double> ours = values.getOrDefault("millrace", List.of());
        Line line = Line.of(
                "µs " + which + ", 1 thread × 1, 64 B, synced", Spread.of(ours).rate());
        values.forEach((name, theirs) -> {
            if (!name.equals("millrace")) {
                Spread ratio = Spread.ofRatios(ours, theirs);
                Line both = line.beside(name, Spread.of(theirs).rate()).ratio(ratio);
                bench.report().line(name.equals(YARDSTICK) ? both.atMost(ratio.median(), promised, " ×") : both);
            }
        });
    }
}
