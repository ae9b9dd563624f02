// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.store.JobStore;
import dev.millrace.benchmarks.store.JobStore.Lane;
import java.util.ArrayList;
import java.util.List;

/** Many threads that enqueue a batch, end as many, and again. */
final class Lanes implements AutoCloseable {
    private final JobStore store;
    private final List<Lane> lanes = new ArrayList<>();

    Lanes(JobStore store, int threads) throws Exception {
        this.store = store;
        for (int i = 0; i < threads; i++) {
            lanes.add(store.lane());
        }
    }

    /** What each thread does again and again. */
    List<Crew.Work> works(int batch) {
        List<Crew.Work> works = new ArrayList<>();
        for (Lane lane : lanes) {
            works.add(() -> {
                lane.enqueue(batch);
                lane.finish(batch);
                return batch;
            });
        }
        return works;
    }

    /** A turn that gives jobs a second. */
    Turn turn(Bench bench, int batch) {
        List<Crew.Work> works = works(batch);
        return () -> {
            double rate = Crew.run(works, bench.options().time()).rate();
            store.rest();
            return rate;
        };
    }

    @Override
    public void close() throws Exception {
        for (Lane lane : lanes) {
            lane.close();
        }
    }
}
