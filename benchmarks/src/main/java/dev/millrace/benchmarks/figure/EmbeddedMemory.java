// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/*
 * What a queued job takes of memory: the process with the jobs and the process without any, both after full collections,
 * both with the same flags. The young generation is small, so that little of what is resident is garbage that was there
 * once.
 */
final class EmbeddedMemory implements Figure {
    private static final int JOBS = 1_000_000;
    private static final int BYTES = 64;
    private static final double PROMISED_BYTES = 150;
    private static final double PROMISED_PAUSE = 50;
    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC", "-Xms32m", "-Xmx512m", "-Xmn16m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");
    private static final List<String> USUAL = List.of("-XX:+UseG1GC", "-Xmx512m");

    @Override
    public String name() {
        return "embedded-memory";
    }

    @Override
    public String what() {
        return "resident memory of a million queued 64-byte jobs, and full collections over them";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int jobs = bench.options().jobs(JOBS);
        List<Double> each = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        List<Double> inMemory = new ArrayList<>();
        List<Double> pauses = new ArrayList<>();
        List<Double> usualPauses = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            Inside.Said empty = hold(bench, SMALL, 0, "file");
            Inside.Said full = hold(bench, SMALL, jobs, "file");
            each.add((full.get("resident") - empty.get("resident")) / jobs);
            heap.add((full.get("heap") - empty.get("heap")) / jobs);
            pauses.add(full.get("pause"));
            usualPauses.add(hold(bench, USUAL, jobs, "file").get("pause"));
            double memoryEmpty = hold(bench, SMALL, 0, "mem").get("resident");
            inMemory.add((hold(bench, SMALL, jobs, "mem").get("resident") - memoryEmpty) / jobs);
            bench.report()
                    .note(
                            "%.1f bytes a job, %.1f of them heap, mem: %.1f; longest full collection %.1f ms, %.1f ms (G1),"
                                    + " %.1f ms without jobs",
                            each.getLast(),
                            heap.getLast(),
                            inMemory.getLast(),
                            pauses.getLast(),
                            usualPauses.getLast(),
                            empty.get("pause"));
        }
        String what = String.format(Locale.ROOT, "%,d queued jobs of 64 B", jobs);
        bench.report()
                .line(Line.of(
                                "resident bytes a job, file:, " + what,
                                Spread.of(each).fine())
                        .beside("of them heap", Spread.of(heap).fine())
                        .atMost(Spread.of(each).median(), PROMISED_BYTES, ""));
        bench.report()
                .line(Line.of(
                        "resident bytes a job, mem:, " + what,
                        Spread.of(inMemory).fine()));
        pause(bench, "serial, file:, " + what, pauses);
        pause(bench, "G1, file:, " + what, usualPauses);
    }

    private static void pause(Bench bench, String what, List<Double> pauses) {
        Spread spread = Spread.of(pauses);
        bench.report()
                .line(Line.of("ms of the longest full collection, " + what, spread.fine())
                        .atMost(spread.median(), PROMISED_PAUSE, ""));
    }

    private static Inside.Said hold(Bench bench, List<String> flags, int jobs, String scheme) throws Exception {
        try (Inside inside = new Inside(bench, flags, BYTES)) {
            return inside.run("hold", scheme.equals("mem") ? "mem:" : inside.url("never"), jobs);
        }
    }
}
