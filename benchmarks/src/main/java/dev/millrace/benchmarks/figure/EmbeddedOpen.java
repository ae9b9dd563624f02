// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.PageCache;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a new process takes to open a folder full of jobs; its files are not in the system's memory. */
final class EmbeddedOpen implements Figure {
    private static final int MILLION = 1_000_000;
    private static final int BYTES = 64;
    private static final List<String> FLAGS = List.of("-Xmx1g");
    private static final String OURS = "millrace";
    private static final String READ = "bare read of the same files";
    private static final String ROCKS = "rocksdb";
    private static final String SCANNED = "rocksdb and a walk over all keys";

    @Override
    public String name() {
        return "embedded-open";
    }

    @Override
    public String what() {
        return "a new process opens a folder with a million and with ten million queued 64-byte jobs; beside a bare read"
                + " of the files and RocksDB; seconds";
    }

    @Override
    public void run(Bench bench) throws Exception {
        open(bench, bench.options().jobs(MILLION), 1);
        open(bench, bench.options().jobs(10 * MILLION), 8);
    }

    private static void open(Bench bench, int jobs, double promised) throws Exception {
        try (Inside ours = new Inside(bench, FLAGS, BYTES);
                Inside theirs = new Inside(bench, FLAGS, BYTES)) {
            ours.run("hold", ours.url("never"), jobs);
            theirs.run("rocks-fill", "", jobs);
            bench.report()
                    .note(
                            "%,d jobs: %,d bytes, rocksdb %,d",
                            jobs, Folder.bytes(ours.path()), Folder.bytes(theirs.path()));
            Map<String, Turn> turns = new LinkedHashMap<>();
            turns.put(OURS, () -> cold(bench, ours, "open", jobs).get("seconds"));
            turns.put(READ, () -> cold(bench, ours, "read", jobs).get("seconds"));
            turns.put(ROCKS, () -> cold(bench, theirs, "rocks-open", jobs).get("seconds"));
            turns.put(SCANNED, () -> cold(bench, theirs, "rocks-open", jobs).get("with-scan"));
            report(bench, Rounds.of(bench.options().rounds(), bench.report(), turns), jobs, promised);
        }
    }

    private static Inside.Said cold(Bench bench, Inside inside, String verb, int jobs) throws Exception {
        if (!PageCache.forget(inside.path())) {
            bench.report().note("the files are warm: dd with nocache is not here");
        }
        return inside.run(verb, inside.url("never"), jobs);
    }

    private static void report(Bench bench, Rounds rounds, int jobs, double promised) {
        Spread seconds = rounds.of(OURS);
        for (String yardstick : List.of(READ, ROCKS, SCANNED)) {
            bench.report()
                    .line(Line.of(String.format(Locale.ROOT, "s to open %,d jobs of 64 B", jobs), seconds.fine())
                            .beside(yardstick, rounds.of(yardstick).fine())
                            .ratio(rounds.ratio(OURS, yardstick))
                            .atMost(seconds.median(), promised, " s"));
        }
    }
}
