// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.measure.Rounds.Turn;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.store.MillraceStore;
import dev.millrace.benchmarks.store.MillraceStore.BrokerLane;
import dev.millrace.broker.Brokers;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/*
 * What the worker costs: a queue that is full beforehand is emptied by a worker whose handler does nothing; by threads
 * that receive and acknowledge without a worker; and, without a broker, as many virtual threads are started that do
 * nothing. Then how long a single job takes from the call that enqueues it to its handler.
 */
final class WorkerOverhead implements Figure {
    private static final int JOBS = 1_000_000;
    private static final int BYTES = 64;
    private static final int CONCURRENCY = 256;
    private static final int FILL = 1000;
    private static final double PROMISED = 300_000;

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public String what() {
        return "empty handlers on mem:, concurrency " + CONCURRENCY
                + ", jobs/s; and from the call of enqueue to the start of the handler on an idle file: broker";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int jobs = bench.options().jobs(JOBS);
        Map<String, Turn> turns = new LinkedHashMap<>();
        turns.put("worker", () -> emptied(jobs, store -> work(store, jobs)));
        turns.put("two bare receivers", () -> emptied(jobs, store -> receive(store, jobs)));
        turns.put("virtual threads alone", () -> rate(jobs, () -> start(jobs)));
        Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
        Spread worker = rounds.of("worker");
        Line line = Line.of("jobs/s, empty handlers on mem:, concurrency " + CONCURRENCY, worker.rate());
        for (String yardstick : List.of("two bare receivers", "virtual threads alone")) {
            Line both = line.beside(yardstick, rounds.of(yardstick).rate()).ratio(rounds.ratio("worker", yardstick));
            bench.report().line(both.atLeast(worker.median(), PROMISED, ""));
        }
        new WorkerLatency(bench).run();
    }

    private interface Emptying {
        void run(MillraceStore store) throws Exception;
    }

    private interface Action {
        void run() throws Exception;
    }

    private static double rate(int jobs, Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return jobs * 1e9 / (System.nanoTime() - start);
    }

    private static double emptied(int jobs, Emptying emptying) throws Exception {
        try (MillraceStore store = MillraceStore.around(Brokers.open("mem:"), BYTES);
                BrokerLane lane = store.lane()) {
            for (int left = jobs; left > 0; left -= FILL) {
                lane.enqueue(Math.min(left, FILL));
            }
            System.gc();
            double rate = rate(jobs, () -> emptying.run(store));
            if (store.size() != 0) {
                throw new IllegalStateException(store.size() + " jobs are left");
            }
            return rate;
        }
    }

    private static void work(MillraceStore store, int jobs) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(jobs);
        try (Worker worker = Worker.on(store.broker())
                .queue(MillraceStore.QUEUE, CONCURRENCY)
                .handle(MillraceStore.QUEUE, (payload, job) -> left.countDown())
                .start()) {
            left.await();
            worker.drain(Duration.ofSeconds(10));
        }
    }

    private static void receive(MillraceStore store, int jobs) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(jobs);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(Thread.ofPlatform().start(() -> receiveAll(store, left)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void receiveAll(MillraceStore store, CountDownLatch left) {
        try (BrokerLane lane = store.lane()) {
            while (left.getCount() > 0) {
                int ended = lane.finishSome(CONCURRENCY, Duration.ofMillis(1));
                for (int i = 0; i < ended; i++) {
                    left.countDown();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(int jobs) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            Thread.startVirtualThread(left::countDown);
        }
        left.await();
    }
}
