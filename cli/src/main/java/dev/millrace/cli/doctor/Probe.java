// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.doctor;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.watch.Stopwatch;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Sends a job through a queue of its own and looks at what comes out. */
final class Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
    private static final String BODY = "is anybody there? \u00e4\u20ac";

    private final Broker broker;
    private final InstantSource clock;
    private final String queue = "millrace-doctor-" + ProcessHandle.current().pid();

    Probe(Broker broker, InstantSource clock) {
        this.broker = broker;
        this.clock = clock;
    }

    List<Finding> run() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Stopwatch watch = Stopwatch.start();
        JobId id = Producer.to(broker).enqueue(Job.of(queue, Payload.text(BODY)));
        findings.add(Finding.ok("write", "a job was stored in " + Figures.millis(watch.nanos())));
        try (Receiver receiver = broker.receiver(Subscription.to(queue, 10, LEASE))) {
            Stopwatch reading = Stopwatch.start();
            List<Delivery> deliveries = receiver.receive(10, PATIENCE);
            long took = reading.nanos();
            findings.add(read(deliveries, id, took));
            for (Delivery delivery : deliveries) {
                Settled answer =
                        receiver.settle(List.of(new Settlement.Ack(delivery))).getFirst();
                if (answer == Settled.LOST) {
                    findings.add(Finding.failed("acknowledge", "the broker did not take the end of " + delivery.id()));
                }
                delivery.enqueuedAt().ifPresent(then -> findings.add(clocks(then)));
            }
        }
        return findings;
    }

    private static Finding read(List<Delivery> deliveries, JobId id, long nanos) {
        boolean whole = deliveries.stream()
                .anyMatch(delivery ->
                        delivery.id().equals(id) && delivery.payload().equals(Payload.text(BODY)));
        if (whole) {
            return Finding.ok("read", "it came back whole in " + Figures.millis(nanos));
        }
        return Finding.failed(
                "read",
                deliveries.isEmpty()
                        ? "it did not come within " + HumanDuration.format(PATIENCE)
                                + "; is there another worker on its queue?"
                        : "what came back is not what was stored");
    }

    private Finding clocks(Instant then) {
        Duration apart = Duration.between(then, clock.instant()).abs();
        return apart.compareTo(CLOCK_TOLERANCE) > 0
                ? Finding.warning(
                        "clock",
                        "the broker's clock and this one are " + HumanDuration.format(apart)
                                + " apart; delays and ages are by the broker's")
                : Finding.ok("clock", "the broker's clock and this one agree");
    }
}
