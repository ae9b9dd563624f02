// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import dev.millrace.worker.Event;
import dev.millrace.worker.Observer;
import dev.millrace.worker.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

// tag::meters[]
/** Counts what a worker does; where these maps are, your registry of metrics would be. */
final class QueueMeters implements Observer {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Finished it -> {
                String queue = it.job().queue().value();
                count("attempts." + queue + "." + word(it.outcome()), 1);
                count("worked.ms." + queue, it.worked().toMillis());
                count("waited.ms." + queue, it.waited().map(Duration::toMillis).orElse(0L));
            }
            case Event.TimedOut it -> count("timed-out." + it.job().queue(), 1);
            case Event.LeaseLost it -> count("lease-lost." + it.job().queue(), 1);
            case Event.HandlerStuck it -> count("stuck." + it.job().queue(), 1);
            case Event.SettleFailed it -> count("settle-failed." + it.queue(), it.jobs());
            case Event.BrokerFailed it -> count("broker-failed." + it.queue(), 1);
            default -> {}
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Retry retry -> "retried";
            case Outcome.Snooze snooze -> "snoozed";
            case Outcome.DeadLetter dead -> "dead";
        };
    }

    private void count(String name, long by) {
        counters.computeIfAbsent(name, key -> new LongAdder()).add(by);
    }

    // end::meters[]

    /** What was counted so far, by name. */
    Map<String, Long> read() {
        Map<String, Long> now = new TreeMap<>();
        counters.forEach((name, count) -> now.put(name, count.sum()));
        return now;
    }
}
