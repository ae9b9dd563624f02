// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.BrokerUrl;
import dev.millrace.cli.chaos.Chaos;
import dev.millrace.cli.chaos.ChaosPlan;
import dev.millrace.cli.chaos.ChaosReport;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace chaos}. */
@Command(
        name = "chaos",
        sortOptions = false,
        description =
                "Prove that a broker loses nothing: producers and workers in processes of their own, killed at random,"
                        + " and a verdict with its evidence.",
        footer = "%nIt uses a queue of its own. It exits with 1 if a job was lost or invented.")
final class ChaosCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The broker, if not by --broker.")
    @Nullable
    String url;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "1m",
            description = "For how long jobs are sent; 1m if nothing is said.")
    Duration time = Duration.ofMinutes(1);

    @Option(
            names = "--producers",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many processes send; 2 if nothing is said.")
    int producers;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many processes work, with 8 handlers each; 3 if nothing is said.")
    int workers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many jobs a second each producer sends; 100 if nothing is said.")
    int rate;

    @Option(
            names = "--kill-every",
            paramLabel = "TIME",
            defaultValue = "3s",
            description = "A process is killed about so often; 3s if nothing is said.")
    Duration killEvery = Duration.ofSeconds(3);

    @Option(
            names = "--restart",
            paramLabel = "COMMAND",
            description = "Restarts the server, such as 'systemctl restart rabbitmq-server'; run by sh.")
    @Nullable
    String restart;

    @Option(
            names = "--restart-every",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "With --restart: about how often; 20s if nothing is said.")
    Duration restartEvery = Duration.ofSeconds(20);

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            description = "An empty folder for diaries and logs; else a new one.")
    @Nullable
    Path evidence;

    @Option(names = "--seed", paramLabel = "N", description = "What chance begins with; else it is another each time.")
    @Nullable
    Long seed;

    ChaosCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ChaosPlan plan = plan();
        root.note("evidence in " + plan.evidence() + ", seed " + plan.mischief().seed());
        ChaosReport report = new Chaos(plan, root::note).run(root.streams());
        report.complaints().forEach(complaint -> root.note("complaint: " + complaint));
        report.verdict().lost().forEach(job -> root.note("lost: " + job));
        if (root.json()) {
            root.print(line(plan, report));
        } else {
            print(plan, report);
        }
        return report.isProof() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private ChaosPlan plan() throws IOException {
        String broker = url == null ? root.brokerUrl() : url;
        if (BrokerUrl.parse(broker).scheme().equals("mem")) {
            throw new IllegalArgumentException(
                    "mem: lives in one process, so nothing is left to prove when that is killed; give another broker");
        }
        long now = root.clock().millis();
        return new ChaosPlan(
                broker,
                "millrace-chaos-" + ProcessHandle.current().pid() + "-" + now,
                folder(),
                atLeastOneSecond("--time", time),
                new ChaosPlan.Crew(
                        Numbers.atLeastOne("--producers", producers),
                        Numbers.atLeastOne("--workers", workers),
                        Numbers.atLeastOne("--rate", rate)),
                new ChaosPlan.Mischief(
                        atLeastOneSecond("--kill-every", killEvery),
                        restart == null ? Duration.ZERO : atLeastOneSecond("--restart-every", restartEvery),
                        this::restart,
                        seed == null ? now : seed));
    }

    private static Duration atLeastOneSecond(String option, Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    option + " " + HumanDuration.format(length) + " is out of range; give 1s or more");
        }
        return length;
    }

    private Path folder() throws IOException {
        Path chosen = evidence;
        if (chosen == null) {
            return Files.createTempDirectory("millrace-chaos-");
        }
        Files.createDirectories(chosen);
        try (Stream<Path> files = Files.list(chosen)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException("--evidence " + chosen + " is not empty; give another folder");
            }
        }
        return chosen.toAbsolutePath();
    }

    private void restart() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", String.valueOf(restart))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            throw new IllegalStateException("\"" + restart + "\" ended with exit code " + code);
        }
    }

    private void print(ChaosPlan plan, ChaosReport report) {
        row("enqueued", Figures.count(report.verdict().counts().accepted()));
        row("done", Figures.count(report.done()));
        row("duplicated", Figures.count(report.verdict().counts().duplicated()));
        row("left in the queue", Figures.count(report.left()));
        row("unexpected", Figures.count(report.verdict().unexpected().size()));
        row("longest gap", String.format(Locale.ROOT, "%.2f s without a job handled", seconds(report)));
        ChaosReport.Troubles troubles = report.troubles();
        row(
                "killed",
                Figures.of(troubles.producersKilled(), "producer") + ", "
                        + Figures.of(troubles.workersKilled(), "worker"));
        row("restarts", Figures.count(troubles.restarts()));
        row("evidence", plan.evidence().toString());
        // A line of its own, exactly so: scripts look for it.
        root.print("lost " + report.verdict().lost().size());
    }

    private void row(String name, String value) {
        root.print(String.format(Locale.ROOT, "%-18s  %s", name, value));
    }

    private static double seconds(ChaosReport report) {
        return report.longestGapNanos() / 1e9;
    }

    private static String line(ChaosPlan plan, ChaosReport report) {
        return new JsonLine()
                .put("enqueued", report.verdict().counts().accepted())
                .put("done", report.done())
                .put("duplicated", report.verdict().counts().duplicated())
                .put("left", report.left())
                .put("lost", report.verdict().lost().size())
                .put("unexpected", report.verdict().unexpected().size())
                .put("longestGapSeconds", seconds(report))
                .put("producersKilled", report.troubles().producersKilled())
                .put("workersKilled", report.troubles().workersKilled())
                .put("restarts", report.troubles().restarts())
                .put("complaints", report.complaints().size())
                .put("evidence", plan.evidence().toString())
                .toString();
    }
}
