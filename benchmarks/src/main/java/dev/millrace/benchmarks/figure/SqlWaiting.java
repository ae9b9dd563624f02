// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;
import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/*
 * Two tables on one database; in one, the queue also has jobs that are not due and dead letters. From both a hundred jobs at a time are
 * claimed and acknowledged, and what counts is the time of the claims.
 */
/** Claims of {@code jdbc:} beside 300,000 rows that nobody may take. */
final class SqlWaiting implements Figure {
    private static final int WAITING = 270_000;
    private static final int DEAD = 30_000;
    private static final int PARCEL = 1_000;
    private static final int CLAIM = 100;
    private static final int CLAIMS = 50;
    private static final double MOST = 2;
    private static final String QUEUE = "work";
    private static final Duration LEASE = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "sql-waiting";
    }

    @Override
    public String what() {
        return "claims a second of 100 jobs each on jdbc:, alone and beside 300,000 rows of the same queue that are not due or dead";
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (Map.Entry<String, Callable<ServedSql>> database :
                SqlDatabases.all().entrySet()) {
            try (ServedSql server = database.getValue().call();
                    Broker alone = SqlDatabases.broker(server, SqlDatabases.freshTable());
                    Broker beside = SqlDatabases.broker(server, SqlDatabases.freshTable())) {
                fill(beside, bench.options().jobs(WAITING), bench.options().jobs(DEAD));
                Map<String, Rounds.Turn> turns = new LinkedHashMap<>();
                turns.put("alone", () -> claims(alone));
                turns.put("beside", () -> claims(beside));
                Rounds rounds = Rounds.of(bench.options().rounds(), bench.report(), turns);
                bench.report()
                        .line(Line.of(
                                        database.getKey() + ", claims/s of 100 jobs, empty table",
                                        rounds.of("alone").rate())
                                .beside("300,000 rows", rounds.of("beside").rate())
                                .ratio(rounds.ratio("alone", "beside"))
                                .atMost(rounds.ratio("alone", "beside").median(), MOST, " ×"));
            }
        }
    }

    private static void fill(Broker broker, int waiting, int dead) throws InterruptedException {
        send(broker, Job.of(QUEUE, Payload.text("b".repeat(64))).after(Duration.ofDays(1)), waiting);
        send(broker, Job.of(QUEUE, Payload.text("b".repeat(64))), dead);
        try (Receiver receiver = broker.receiver(Subscription.to(QUEUE, PARCEL, LEASE))) {
            for (int left = dead; left > 0; ) {
                List<Delivery> some = receiver.receive(Math.min(left, PARCEL), LEASE);
                receiver.settle(some.stream()
                        .map(delivery -> new Settlement.DeadLetter(delivery, "for the figure"))
                        .map(Settlement.class::cast)
                        .toList());
                left -= some.size();
            }
        }
    }

    private static void send(Broker broker, Job job, int count) {
        for (int left = count; left > 0; left -= PARCEL) {
            broker.send(Collections.nCopies(Math.min(left, PARCEL), job));
        }
    }

    private static double claims(Broker broker) throws InterruptedException {
        send(broker, Job.of(QUEUE, Payload.text("b".repeat(64))), CLAIM * CLAIMS);
        long nanos = 0;
        try (Receiver receiver = broker.receiver(Subscription.to(QUEUE, CLAIM, LEASE))) {
            for (int left = CLAIM * CLAIMS; left > 0; ) {
                long begin = System.nanoTime();
                List<Delivery> some = receiver.receive(CLAIM, LEASE);
                nanos += System.nanoTime() - begin;
                receiver.settle(
                        some.stream().<Settlement>map(Settlement.Ack::new).toList());
                left -= some.size();
            }
        }
        return CLAIMS / (nanos / 1e9);
    }
}
