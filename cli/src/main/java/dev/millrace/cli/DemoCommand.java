// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.demo.Demo;
import dev.millrace.cli.demo.DemoReport;
import dev.millrace.cli.demo.DemoSettings;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.JsonLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        description =
                "Show it all: real jobs on the embedded broker, failures, a worker killed half-way, and a proof that"
                        + " nothing was lost.",
        footer = "%nWithout --broker it runs in a temporary folder, whatever MILLRACE_BROKER says.")
final class DemoCommand implements Callable<Integer> {
    /** Set by the script that starts the program: where the project is. */
    private static final String PROJECT_PROPERTY = "millrace.home";

    private final Root root;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Take all files below this folder; else those of the project.")
    @Nullable
    Path input;

    @Option(names = "--jobs", paramLabel = "N", description = "Take this many made-up jobs, and no files.")
    @Nullable
    Integer jobs;

    @Option(names = "--keep", description = "Keep the temporary folder.")
    boolean keep;

    DemoCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        if (jobs != null && input != null) {
            throw new IllegalArgumentException(
                    "--jobs makes its jobs up and --input takes files; leave one of them out");
        }
        DemoSettings settings = new DemoSettings(
                root.namedBroker(),
                jobs == null ? OptionalInt.empty() : OptionalInt.of(Numbers.atLeastOne("--jobs", jobs)),
                Optional.ofNullable(input),
                keep);
        Path project = Path.of(System.getProperty(PROJECT_PROPERTY, ""));
        DemoReport report = new Demo(settings, project.toAbsolutePath(), root.streams(), root::note).run();
        report.differences().forEach(difference -> root.note("difference: " + difference));
        if (root.json()) {
            root.print(line(report));
        } else {
            print(report);
        }
        return report.differences().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(DemoReport report) {
        DemoReport.Counts counts = report.counts();
        row("jobs in", counts.jobs());
        row("done", counts.done());
        row("retried", counts.retried());
        row("dead", counts.dead());
        row("delivered twice", counts.deliveredTwice());
        row("jobs/s", rate(report));
        root.print("enqueue-to-start p50/p99  " + report.idle() + "  (apart: one job at a time, idle worker)");
        // A line of its own, exactly so: scripts look for it.
        root.print("lost " + counts.lost());
    }

    private void row(String name, long value) {
        root.print(String.format(Locale.ROOT, "%-24s  %d", name, value));
    }

    private static long rate(DemoReport report) {
        return Figures.rate(report.counts().jobs(), report.workSeconds());
    }

    private static String line(DemoReport report) {
        DemoReport.Counts counts = report.counts();
        return new JsonLine()
                .put("jobs", counts.jobs())
                .put("done", counts.done())
                .put("retried", counts.retried())
                .put("dead", counts.dead())
                .put("deliveredTwice", counts.deliveredTwice())
                .put("lost", counts.lost())
                .put("killed", report.killed())
                .put("jobsPerSecond", rate(report))
                .put("startP50Ms", report.idle().p50() / 1e6)
                .put("startP99Ms", report.idle().p99() / 1e6)
                .put("differences", report.differences().size())
                .toString();
    }
}
