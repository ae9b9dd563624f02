// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.broker.Brokers;
import dev.millrace.embedded.EmbeddedBrokerBuilder.SyncMode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Producers and consumers in one process, without waiting for the disk. */
final class EmbeddedNosync implements Figure {
    private static final int BYTES = 64;
    private static final int BATCH = 32;
    private static final double PROMISED = 400_000;

    @Override
    public String name() {
        return "embedded-nosync";
    }

    @Override
    public String what() {
        return "sync=never, 64-byte jobs, 16 producers and 16 consumers; cycles of enqueue, receive, acknowledge a second";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Folder folder = bench.folder("nosync");
                MillraceStore file = MillraceStore.in(folder.path(), SyncMode.NEVER, BYTES);
                MillraceStore memory = MillraceStore.around(Brokers.open("mem:"), BYTES)) {
            Map<String, Turn> turns = new LinkedHashMap<>();
            turns.put("file × 32", new Traffic(file, BATCH).turn(bench));
            turns.put("mem × 32", new Traffic(memory, BATCH).turn(bench));
            turns.put("file × 1", new Traffic(file, 1).turn(bench));
            turns.put("mem × 1", new Traffic(memory, 1).turn(bench));
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            Spread batches = rounds.of("file × 32");
            bench.report()
                    .line(Line.of("cycles/s, 16 + 16 threads × 32, 64 B, sync=never", batches.rate())
                            .beside("mem:", rounds.of("mem × 32").rate())
                            .ratio(rounds.ratio("file × 32", "mem × 32"))
                            .atLeast(batches.median(), PROMISED, ""));
            bench.report()
                    .line(Line.of(
                                    "cycles/s, 16 + 16 threads × 1, 64 B, sync=never",
                                    rounds.of("file × 1").rate())
                            .beside("mem:", rounds.of("mem × 1").rate())
                            .ratio(rounds.ratio("file × 1", "mem × 1")));
        }
    }
}
