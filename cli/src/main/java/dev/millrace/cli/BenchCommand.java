// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.cli.bench.Bench;
import dev.millrace.cli.bench.BenchPlan;
import dev.millrace.cli.bench.BenchReport;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.JsonLine;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace bench}. */
@Command(
        name = "bench",
        sortOptions = false,
        description = "Measure a broker, in queues of its own: enqueueing, working, and how quickly one job starts.")
final class BenchCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The broker, in place of --broker.")
    @Nullable
    String url;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many jobs; 100000 if nothing is said.")
    int jobs;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "64",
            description = "How large each is; 64 if nothing is said.")
    int size;

    @Option(
            names = "--producers",
            paramLabel = "N",
            defaultValue = "16",
            description = "How many threads enqueue; 16 if nothing is said.")
    int producers;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many jobs each hands over at once; 32 if nothing is said.")
    int batch;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description = "How many handlers run at once; 32 if nothing is said.")
    int concurrency;

    BenchCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException, TimeoutException {
        String queue = "millrace-bench-" + ProcessHandle.current().pid() + "-"
                + root.clock().millis();
        BenchPlan plan = new BenchPlan(
                Numbers.atLeastOne("--jobs", jobs),
                Numbers.atLeast("--size", size, BenchPlan.SMALLEST),
                Numbers.atLeastOne("--producers", producers),
                Numbers.atLeastOne("--batch", batch),
                Numbers.atLeastOne("--concurrency", concurrency));
        try (Broker broker = root.open(url)) {
            BenchReport report = new Bench(broker, queue, plan, root.streams()).run();
            if (root.json()) {
                root.print(line(broker.name(), plan, report));
            } else {
                print(broker.name(), plan, report);
            }
            return report.lost() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void print(String broker, BenchPlan plan, BenchReport report) {
        root.print(broker + ": " + Figures.of(plan.jobs(), "job") + " of " + Figures.size(plan.size()) + ", "
                + plan.producers() + " producers with batches of " + plan.batch() + ", " + plan.concurrency()
                + " handlers");
        root.print("one by one  " + Figures.count(Figures.rate(plan.singles(), report.singleSeconds()))
                + " jobs/s enqueued by one producer");
        root.print("enqueue     " + Figures.count(bulkRate(plan, report)) + " jobs/s in batches");
        root.print("work        " + Figures.count(Figures.rate(plan.jobs(), report.workSeconds())) + " jobs/s");
        root.print("start       " + report.idle() + "  p50 / p99, from enqueue to handler, idle worker");
        root.print("lost        " + report.lost());
        root.print("duplicated  " + report.duplicated());
    }

    private static long bulkRate(BenchPlan plan, BenchReport report) {
        return Figures.rate(plan.jobs() - plan.singles(), report.bulkSeconds());
    }

    private static String line(String broker, BenchPlan plan, BenchReport report) {
        return new JsonLine()
                .put("broker", broker)
                .put("jobs", plan.jobs())
                .put("size", plan.size())
                .put("producers", plan.producers())
                .put("batch", plan.batch())
                .put("concurrency", plan.concurrency())
                .put("singlePerSecond", Figures.rate(plan.singles(), report.singleSeconds()))
                .put("enqueuePerSecond", bulkRate(plan, report))
                .put("workPerSecond", Figures.rate(plan.jobs(), report.workSeconds()))
                .put("startP50Ms", report.idle().p50() / 1e6)
                .put("startP99Ms", report.idle().p99() / 1e6)
                .put("lost", report.lost())
                .put("duplicated", report.duplicated())
                .toString();
    }
}
