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

    @Override
    public void on(Event event) {
        switch (event) {
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

    String summary() {
        return Figures.count(done()) + " done, " + Figures.of(failedAttempts(), "failed attempt") + ", "
                + Figures.count(dead()) + " dead, " + Figures.count(handedBack()) + " handed back";
    }
}
