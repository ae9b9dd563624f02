// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.measure.SyncedLoop;
import dev.millrace.benchmarks.store.JobStore;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What group commit gives to many who each enqueue one job at a time. */
final class EmbeddedMany implements Figure {
    private static final int THREADS = 16;
    private static final int BYTES = 64;
    private static final double PROMISED = 4;

    @Override
    public String name() {
        return "embedded-many";
    }

    @Override
    public String what() {
        return "sync=always, 64-byte jobs, 16 threads enqueue 1 and acknowledge 1; beside one loop of synced writes;"
                + " operations/s, an enqueue and an acknowledgement are two";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Folder folder = bench.folder("loop");
                Stores stores = new Stores(bench, BYTES);
                Sides sides = new Sides(stores)) {
            JobStore millrace = stores.all().getFirst();
            int frame = WriteSize.ofOneJob((MillraceStore) millrace);
            bench.report().note("bytes per synced write of the loop: %d", frame);
            try (SyncedLoop loop = new SyncedLoop(folder.path().resolve("loop"), frame, false)) {
                Map<String, Turn> turns = new LinkedHashMap<>();
                for (JobStore store : stores.all()) {
                    Turn jobs = sides.of(store).turn(bench, 1);
                    turns.put(store.name(), () -> 2 * jobs.take());
                }
                Crew.Work write = () -> {
                    loop.once();
                    return 1;
                };
                turns.put(
                        "loop",
                        () -> Crew.run(List.of(write), bench.options().time()).rate());
                report(bench, Rounds.of(bench.options().rounds(), bench.report(), turns));
            }
            stores.checkEmpty();
        }
    }

    private static void report(Bench bench, Rounds rounds) {
        Spread ratio = rounds.ratio("millrace", "loop");
        Line line = Line.of(
                "operations/s, 16 threads × 1, 64 B, synced",
                rounds.of("millrace").rate());
        bench.report()
                .line(line.beside("loop of fdatasync", rounds.of("loop").rate())
                        .ratio(ratio)
                        .atLeast(ratio.median(), PROMISED, " ×"));
        for (String other : List.of("rocksdb", "sqlite")) {
            bench.report().line(line.beside(other, rounds.of(other).rate()).ratio(rounds.ratio("millrace", other)));
        }
    }

    /** The lanes of every store. */
    private static final class Sides implements AutoCloseable {
        private final Map<String, Lanes> lanes = new LinkedHashMap<>();

        Sides(Stores stores) throws Exception {
            for (JobStore store : stores.all()) {
                lanes.put(store.name(), new Lanes(store, THREADS));
            }
        }

        Lanes of(JobStore store) {
            Lanes found = lanes.get(store.name());
            if (found == null) {
                throw new IllegalArgumentException("no lanes of " + store.name());
            }
            return found;
        }

        @Override
        public void close() throws Exception {
            for (Lanes one : lanes.values()) {
                one.close();
            }
        }
    }
}
