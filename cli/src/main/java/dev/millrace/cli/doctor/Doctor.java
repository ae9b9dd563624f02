// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.doctor;

import dev.millrace.MillraceException;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.QueueStatus;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.watch.Stopwatch;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** Examines a broker: from outside, by opening it, by a job of its own, and by what is in it. */
public final class Doctor {
    private final String url;
    private final InstantSource clock;
    private final Consumer<Finding> report;

    /**
     * An examination.
     *
     * @param url the address of the broker
     * @param clock what time it is here
     * @param report told each finding at once
     */
    public Doctor(String url, InstantSource clock, Consumer<Finding> report) {
        this.url = url;
        this.clock = clock;
        this.report = report;
    }

    /**
     * Examines.
     *
     * @throws IllegalArgumentException if the address is wrong
     * @throws InterruptedException if the thread was interrupted
     * @throws IOException if the file system does not answer
     */
    public void run() throws InterruptedException, IOException {
        BrokerUrl parsed = BrokerUrl.parse(url);
        if (parsed.scheme().equals("file")) {
            FolderChecks.of(parsed).forEach(report);
        }
        Stopwatch watch = Stopwatch.start();
        Broker broker;
        try {
            broker = Brokers.open(url);
        } catch (MillraceException e) {
            report.accept(Finding.failed("open", String.valueOf(e.getMessage())));
            return;
        }
        try (broker) {
            report.accept(Finding.ok("open", broker.name() + " opened in " + HumanDuration.format(watch.elapsed())));
            new Probe(broker, clock).run().forEach(report);
            broker.facet(Inspectable.class).map(Doctor::contents).ifPresent(report);
        } catch (MillraceException e) {
            report.accept(Finding.failed("use", String.valueOf(e.getMessage())));
        }
    }

    private static Finding contents(Inspectable broker) {
        List<QueueStatus> queues = broker.queues();
        long dead = sum(queues, QueueStatus::dead);
        String detail = Figures.of(queues.size(), "queue") + ": " + Figures.count(sum(queues, QueueStatus::ready))
                + " ready, " + Figures.count(sum(queues, QueueStatus::waiting)) + " waiting, "
                + Figures.count(sum(queues, QueueStatus::leased)) + " leased, " + Figures.count(dead) + " dead";
        return dead == 0
                ? Finding.ok("contents", detail)
                : Finding.warning("contents", detail + "; see the reasons with millrace dead list QUEUE");
    }

    private static long sum(List<QueueStatus> queues, Function<QueueStatus, OptionalLong> count) {
        return queues.stream().mapToLong(queue -> count.apply(queue).orElse(0)).sum();
    }
}
