// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Crew;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.store.JobStore.Lane;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.MillraceStore.BrokerLane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/*
 * 16 producers and 16 consumers of one queue, each consumer with a receiver of its own. Producers are a few thousand
 * jobs ahead at most. A job counts when it is acknowledged.
 */
final class Traffic {
    private static final int THREADS = 16;
    private static final int AHEAD = 4096;
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final MillraceStore store;
    private final int batch;

    Traffic(MillraceStore store, int batch) {
        this.store = store;
        this.batch = batch;
    }

    Turn turn(Bench bench) {
        return () -> {
            Semaphore room = new Semaphore(AHEAD);
            List<BrokerLane> lanes = new ArrayList<>();
            List<Crew.Work> works = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                BrokerLane producer = store.lane();
                BrokerLane consumer = store.lane();
                lanes.add(producer);
                lanes.add(consumer);
                works.add(() -> produce(producer, room));
                works.add(() -> consume(consumer, room));
            }
            double rate = Crew.run(works, bench.options().time()).rate();
            int left = 1;
            while (left > 0) {
                left = lanes.getFirst().finishSome(AHEAD, Duration.ZERO);
            }
            lanes.forEach(BrokerLane::close);
            return rate;
        };
    }

    private long produce(Lane lane, Semaphore room) throws Exception {
        if (room.tryAcquire(batch, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            lane.enqueue(batch);
        }
        return 0;
    }

    private long consume(BrokerLane lane, Semaphore room) throws Exception {
        int ended = lane.finishSome(batch, PATIENCE);
        room.release(ended);
        return ended;
    }
}
