// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.cli.exec.ShellHandler;
import dev.millrace.cli.exec.Signals;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.watch.DrainWatch;
import dev.millrace.job.QueueName;
import dev.millrace.worker.RetryPolicy;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace work}. */
@Command(
        name = "work",
        sortOptions = false,
        description = "Run a command for each job of some queues.",
        footer = {
            "%nThe command is run by sh -c. The body of the job is its standard input; MILLRACE_QUEUE, MILLRACE_JOB_ID,"
                    + " MILLRACE_ATTEMPT and MILLRACE_HEADER_<NAME> are in its environment. Exit code 0 ends the job,"
                    + " any other is a failed attempt. Ctrl-C or SIGTERM lets running commands end; a second one ends"
                    + " them at once.",
            "%nExample:",
            "  millrace work docs --exec 'wc -w \"$(cat)\"' --drain"
        })
final class WorkCommand implements Callable<Integer> {
    /** How long running commands may still take after a signal. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private final Root root;

    @Parameters(index = "0", arity = "1..*", paramLabel = "QUEUE", description = "The queues.")
    List<String> queues = new ArrayList<>();

    @Option(names = "--exec", required = true, paramLabel = "COMMAND", description = "What to run for each job.")
    String command = "";

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "How many at once from each queue; as many as there are processors if nothing is said.")
    @Nullable
    Integer concurrency;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "Kill a command, and all its children, after this time; 5m if nothing is said.")
    Duration timeLimit = Duration.ofMinutes(5);

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "4",
            description = "How often a failed job is tried again, after 1s, 2s, 4s and so on, before it becomes a dead"
                    + " letter; 4 if nothing is said.")
    int retries;

    @Option(names = "--drain", description = "End when nothing is ready, leased or waiting in these queues.")
    boolean drain;

    WorkCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        Set<QueueName> names = new LinkedHashSet<>();
        queues.forEach(queue -> names.add(new QueueName(queue)));
        int places = concurrency == null
                ? Runtime.getRuntime().availableProcessors()
                : Numbers.atLeastOne("--concurrency", concurrency);
        int attempts = Math.min(Numbers.atLeast("--retries", retries, 0), Integer.MAX_VALUE - 1) + 1;
        if (timeLimit.isZero()) {
            throw new IllegalArgumentException("--time-limit is zero; give a length of time above zero");
        }
        ShellHandler handler = new ShellHandler(command, root.streams());
        WorkLog log = new WorkLog();
        try (Broker broker = root.open()) {
            Worker.Builder builder = Worker.on(broker)
                    .name("millrace work")
                    .retry(RetryPolicy.exponential(FIRST_DELAY, LONGEST_DELAY).upTo(attempts))
                    .timeLimit(timeLimit)
                    .observer(log);
            names.forEach(name -> builder.queue(name.value(), places).decide(name.value(), handler));
            WorkRun run = new WorkRun(handler, PATIENCE, root::note);
            DrainWatch watch = drain ? DrainWatch.of(broker, names) : null;
            try (Sharing sharing = Sharing.of(broker, door -> door.maxMemory(Long.MAX_VALUE));
                    Signals signals = Signals.listen(run::onSignal)) {
                run.until(builder, watch);
            }
        }
        report(log);
        return ExitCode.DONE;
    }

    private void report(WorkLog log) {
        if (root.json()) {
            root.print(new JsonLine()
                    .put("done", log.done())
                    .put("failedAttempts", log.failedAttempts())
                    .put("dead", log.dead())
                    .put("handedBack", log.handedBack())
                    .toString());
        } else {
            root.note(log.summary());
        }
    }
}
