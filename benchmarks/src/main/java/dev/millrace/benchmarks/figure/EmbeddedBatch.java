// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.store.JobStore;
import dev.millrace.benchmarks.store.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Throughput of synced batches. */
final class EmbeddedBatch implements Figure {
    private static final int THREADS = 16;
    private static final int BATCH = 32;
    private static final int BYTES = 64;

    @Override
    public String name() {
        return "embedded-batch";
    }

    @Override
    public String what() {
        return "sync=always, 64-byte jobs, 16 threads enqueue 32 and acknowledge 32; beside RocksDB and SQLite; jobs/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Stores stores = new Stores(bench, BYTES)) {
            Map<String, Turn> turns = new LinkedHashMap<>();
            List<Lanes> all = new ArrayList<>();
            for (JobStore store : stores.all()) {
                Lanes lanes = new Lanes(store, THREADS);
                all.add(lanes);
                turns.put(store.name(), lanes.turn(bench, BATCH));
            }
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            for (Lanes lanes : all) {
                lanes.close();
            }
            stores.checkEmpty();
            report(bench, rounds, "rocksdb", 2);
            report(bench, rounds, "sqlite", 4);
        }
    }

    private static void report(Bench bench, Rounds rounds, String yardstick, double promised) {
        Spread ratio = rounds.ratio("millrace", yardstick);
        bench.report()
                .line(Line.of(
                                "jobs/s, 16 threads × 32, 64 B, synced",
                                rounds.of("millrace").rate())
                        .beside(yardstick, rounds.of(yardstick).rate())
                        .ratio(ratio)
                        .atLeast(ratio.median(), promised, " ×"));
    }
}
