// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.OurDriver;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.worker.Worker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/*
 * A producer that offers a hundred jobs at a time, and a worker with empty handlers, in this process; at most ten thousand
 * jobs are on their way. What is counted is handled and acknowledged, so each is a whole cycle.
 */
/** A worker on Disque beside loops of bare commands. */
final class ClientWorker implements Figure {
    private static final int CONCURRENCY = 256;
    private static final int AT_ONCE = 100;
    private static final int ON_THEIR_WAY = 10_000;

    @Override
    public String name() {
        return "client-worker";
    }

    @Override
    public String what() {
        return "producer and worker through disque:, 64-byte jobs, empty handlers; beside 16 threads of jedisque and spinach; jobs/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Field field = Field.start(bench, OurDriver.CYCLES);
                Broker broker = Brokers.open(url(field))) {
            Map<String, Rounds.Turn> turns = field.turns(bench, 16);
            turns.put("worker", () -> {
                double rate = rate(broker, bench.options().time());
                field.served().flush();
                return rate;
            });
            Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
            String best = field.best(rounds);
            for (String other : field.others()) {
                Line line = Line.of(
                                "jobs/s, Worker of concurrency " + CONCURRENCY + ", on " + Field.server(),
                                rounds.of("worker").rate())
                        .beside(other, rounds.of(other).rate())
                        .ratio(rounds.ratio("worker", other));
                bench.report()
                        .line(
                                other.equals(best)
                                        ? line.atLeast(
                                                rounds.ratio("worker", other).median(), 3, " ×")
                                        : line);
            }
        }
    }

    private static String url(Field field) {
        InetSocketAddress address = (InetSocketAddress) field.served().address();
        return "disque://" + address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static double rate(Broker broker, Duration time) throws InterruptedException {
        Semaphore room = new Semaphore(ON_THEIR_WAY);
        LongAdder handled = new LongAdder();
        List<Job> jobs = Collections.nCopies(AT_ONCE, Job.of("worker", Payload.text("b".repeat(64))));
        Producer producer = Producer.to(broker);
        try (Worker worker = Worker.on(broker)
                .queue("worker", CONCURRENCY)
                .handle("worker", (Payload payload, dev.millrace.worker.JobContext job) -> {
                    handled.increment();
                    room.release();
                })
                .start()) {
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                room.acquire(AT_ONCE);
                producer.offer(jobs);
            }
            double rate = handled.sum() / ((System.nanoTime() - start) / 1e9);
            worker.drain(Duration.ofSeconds(10));
            return rate;
        }
    }
}
