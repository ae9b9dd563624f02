// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.Figures;
import dev.millrace.worker.Event;
import dev.millrace.worker.Observer;
import dev.millrace.worker.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of jobs, and says what people should know. Thread-safe. */
final class WorkLog implements Observer {
    private static final Logger LOG = System.getLogger("dev.millrace.cli.work");

    private final LongAdder done = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder dead = new LongAdder();
    private final LongAdder handedBack = new LongAdder();
    private final LongAdder unfinished = new LongAdder();

    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Received received -> unfinished.increment();
            case Event.Failed failed -> {
                failedAttempts.increment();
                LOG.log(
                        Level.INFO,
                        () -> "job " + failed.job().id() + " of queue "
                                + failed.job().queue() + ": attempt "
                                + failed.job().attempt() + " failed: "
                                + failed.failure().error());
            }
            case Event.Finished finished -> {
                if (finished.outcome() instanceof Outcome.Done) {
                    done.increment();
                } else if (finished.outcome() instanceof Outcome.DeadLetter letter) {
                    dead.increment();
                    LOG.log(
                            Level.WARNING,
                            () -> "job " + finished.job().id() + " of queue "
                                    + finished.job().queue() + " is a dead letter: " + letter.reason());
                }
            }
            case Event.HandedBack back -> handedBack.increment();
            case Event.LeaseLost lost -> unfinished.decrement();
            case Event.Concluded concluded -> unfinished.decrement();
            default -> {}
        }
    }

    long done() {
        return done.sum();
    }

    long failedAttempts() {
        return failedAttempts.sum();
    }

    long dead() {
        return dead.sum();
    }

    long handedBack() {
        return handedBack.sum();
    }

    /** How many jobs were received and are not settled. */
    long unfinished() {
        return unfinished.sum();
    }

    String summary() {
        return Figures.count(done()) + " done, " + Figures.of(failedAttempts(), "failed attempt") + ", "
                + Figures.count(dead()) + " dead, " + Figures.count(handedBack()) + " handed back";
    }
}
