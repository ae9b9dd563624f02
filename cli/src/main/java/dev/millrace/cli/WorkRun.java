// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.exec.ShellHandler;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.watch.DrainWatch;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker from its start until its queues are empty or a signal stops it; the second signal stops everything at once. */
final class WorkRun {
    private static final long FIRST_LOOK_MILLIS = 10;
    private static final long LONGEST_WAIT_MILLIS = 250;
    private static final int BY_SIGNAL = 128;

    private final ShellHandler handler;
    private final Duration patience;
    private final Consumer<String> note;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger signals = new AtomicInteger();

    WorkRun(ShellHandler handler, Duration patience, Consumer<String> note) {
        this.handler = handler;
        this.patience = patience;
        this.note = note;
    }

    /** Called on a thread of the JVM for each Ctrl-C and SIGTERM. */
    void onSignal(int number) {
        if (signals.incrementAndGet() == 1) {
            handler.stopping();
            stop.countDown();
        } else {
            handler.killAll();
            Runtime.getRuntime().halt(BY_SIGNAL + number);
        }
    }

    /** Works; returns when the queues are empty, if there is a watch, or after a signal. */
    void until(Worker.Builder builder, @Nullable DrainWatch watch) throws InterruptedException {
        Worker worker = builder.start();
        try {
            boolean stopped = await(worker, watch);
            long unfinished = unfinished(worker);
            if (stopped && unfinished > 0) {
                note.accept("stopping; " + Figures.of(unfinished, "job") + " may take " + HumanDuration.format(patience)
                        + " to end, a second signal ends them at once");
            }
        } finally {
            worker.drain(patience);
        }
    }

    /** How many jobs were received and are not settled. */
    private static long unfinished(Worker worker) {
        return worker.health().queues().stream()
                .mapToLong(queue -> (long) queue.running() + queue.waiting() + queue.unsettled())
                .sum();
    }

    /** Returns true if a signal came, false if the queues are empty. */
    private boolean await(Worker worker, @Nullable DrainWatch watch) throws InterruptedException {
        if (watch == null) {
            stop.await();
            return true;
        }
        long wait = FIRST_LOOK_MILLIS;
        while (!stop.await(wait, TimeUnit.MILLISECONDS)) {
            // Looking costs the broker something: as long as we have jobs ourselves, there is no need to.
            if (unfinished(worker) > 0) {
                wait = FIRST_LOOK_MILLIS;
            } else if (watch.isEmpty()) {
                return false;
            } else {
                wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
            }
        }
        return true;
    }
}
