// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets a worker work until nothing is left. If its process can be killed without losing the broker, it is, when half of
 * the jobs are done, and a second one goes on. Used once.
 */
final class WorkPhase {
    private static final Duration STALL = Duration.ofSeconds(60);

    private final DemoBroker broker;
    private final DemoWork firstWork;
    private final Ledger ledger;
    private final boolean byLedger;
    private final Consumer<String> say;
    private final List<String> complaints = new ArrayList<>();
    private boolean killed;

    /** By the ledger, workers are stopped when every job has its result: for brokers that cannot say that nothing is left. */
    WorkPhase(DemoBroker broker, DemoWork firstWork, Ledger ledger, boolean byLedger, Consumer<String> say) {
        this.broker = broker;
        this.firstWork = firstWork;
        this.ledger = ledger;
        this.byLedger = byLedger;
        this.say = say;
    }

    /** Returns how many seconds it took. */
    double run(Streams streams) throws IOException, InterruptedException {
        Stopwatch watch = Stopwatch.start();
        try (Progress progress = Progress.of(streams, "work", ledger.jobs())) {
            work(firstWork, progress);
            if (killed) {
                work(new DemoWork(firstWork.queue(), firstWork.folder(), firstWork.number() + 1), progress);
            }
        }
        return watch.seconds();
    }

    /** Whether a worker was killed. */
    boolean killed() {
        return killed;
    }

    /** What went wrong with the workers. */
    List<String> complaints() {
        return complaints;
    }

    private void work(DemoWork work, Progress progress) throws IOException, InterruptedException {
        boolean mayKill = broker.outOfReach().isEmpty() && !killed;
        int lines = ledger.lines();
        Stopwatch sinceLine = Stopwatch.start();
        try (DemoWorker worker = start(work);
                ResultsReader results = new ResultsReader(work.folder().results(work.number()))) {
            boolean over = false;
            while (!over) {
                over = worker.awaitEnd();
                results.poll(ledger::add);
                progress.at(ledger.done());
                if (ledger.lines() > lines) {
                    lines = ledger.lines();
                    sinceLine = Stopwatch.start();
                }
                if (!over && mayKill && ledger.done() >= Math.ceilDiv(ledger.jobs(), 2)) {
                    kill(worker);
                    results.poll(ledger::add);
                    return;
                }
                if (!over && byLedger && ledger.isOver(DemoWork.ATTEMPTS)) {
                    worker.finish();
                }
                if (!over && sinceLine.elapsed().compareTo(STALL) > 0) {
                    complaints.add("nothing happened for " + STALL.toSeconds() + " s, so the worker was stopped");
                    return;
                }
            }
            worker.complaint().ifPresent(complaints::add);
        }
    }

    private DemoWorker start(DemoWork work) throws IOException {
        return broker.outOfReach().isPresent()
                ? new WorkerThread(work, broker.keptOpen())
                : WorkerProcess.start(work, broker.url());
    }

    private void kill(DemoWorker worker) throws InterruptedException {
        worker.kill();
        killed = true;
        say.accept("killed worker process " + worker.pid().map(String::valueOf).orElse("?") + " with SIGKILL after "
                + Figures.of(ledger.done(), "job") + "; starting another");
    }
}
