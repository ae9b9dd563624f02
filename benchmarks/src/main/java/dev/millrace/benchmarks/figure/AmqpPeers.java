// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.figure.PeerRounds.Peer;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.testkit.servers.RabbitServer;
import java.util.List;

/*
 * All work on one RabbitMQ, turn by turn, on classic durable queues, as many messages of about the same size. The listener container has
 * as many consumers and as much prefetch as were quickest for it in a trial; the template waits for the confirms of each parcel.
 */
/** RabbitMQ through Millrace beside what a Java user would pick instead. */
final class AmqpPeers implements Figure {
    private static final int TASKS = 50_000;
    private static final Peer SPRING = new Peer("spring-amqp", "SpringAmqp", 50, 1.2);

    @Override
    public String name() {
        return "amqp-peers";
    }

    @Override
    public String what() {
        return "tasks worked off with empty handlers, 50 at once, and published with confirms from one thread; beside Spring AMQP's"
                + " listener container and RabbitTemplate; tasks/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (RabbitServer rabbit = RabbitServer.start()) {
            PeerRounds rounds = new PeerRounds(bench, List.of("127.0.0.1", "" + rabbit.port()));
            int tasks = bench.options().jobs(TASKS) / WorkingOff.PARCEL * WorkingOff.PARCEL;
            rounds.take(
                    "tasks/s worked off, limit " + AmqpClients.LIMIT,
                    "work",
                    tasks,
                    () -> AmqpClients.consume(rabbit, tasks),
                    List.of(SPRING));
            WorkingOff worker =
                    new WorkingOff("amqp://guest:guest@" + rabbit.address() + "?queues=classic", AmqpClients.LIMIT);
            rounds.take(
                    "jobs/s, Worker of concurrency " + AmqpClients.LIMIT + ", classic queue",
                    "work",
                    tasks,
                    () -> worker.rate(tasks),
                    List.of(SPRING));
            rounds.take(
                    "tasks/s published with confirms, one thread",
                    "bulk",
                    tasks,
                    () -> AmqpClients.publish(rabbit, tasks),
                    List.of(SPRING.with(1, 1.2)));
        }
    }
}
