// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.cli.watch.IdleLatency;
import dev.millrace.cli.watch.Latency;
import dev.millrace.job.QueueName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The demonstration, from the snapshot to the verdict. Used once. */
public final class Demo {
    private static final int AT_LEAST = 5_000;
    private static final int IDLE_SAMPLES = 500;

    private final DemoSettings settings;
    private final Path project;
    private final Streams streams;
    private final Consumer<String> say;

    /**
     * A demonstration.
     *
     * @param settings what is to be demonstrated
     * @param project where the project is whose files are taken if no folder is named
     * @param streams where progress is shown
     * @param say told what happens, a line at a time
     */
    public Demo(DemoSettings settings, Path project, Streams streams, Consumer<String> say) {
        this.settings = settings;
        this.project = project;
        this.streams = streams;
        this.say = say;
    }

    /**
     * Runs it.
     *
     * @return how it went
     * @throws IllegalArgumentException if there is nothing to work on
     * @throws IOException if a file cannot be read or written
     * @throws InterruptedException if the thread was interrupted
     * @throws TimeoutException if a job did not start at all
     */
    public DemoReport run() throws IOException, InterruptedException, TimeoutException {
        try (TemporaryFolder temporary = TemporaryFolder.create("millrace-demo-")) {
            DemoFolder folder = new DemoFolder(temporary.path());
            boolean well = false;
            try {
                DemoReport report = run(folder);
                well = report.differences().isEmpty();
                return report;
            } catch (IllegalArgumentException e) {
                well = true;
                throw e;
            } finally {
                if (settings.keep() || !well) {
                    temporary.keep();
                    say.accept("files of the demonstration: " + folder.path());
                }
            }
        }
    }

    private DemoReport run(DemoFolder folder) throws IOException, InterruptedException, TimeoutException {
        Input input = input(folder);
        try (DemoBroker broker = new DemoBroker(settings.broker().orElse("file:" + folder.broker()))) {
            DemoWork work = new DemoWork(
                    "millrace-demo-" + ProcessHandle.current().pid()
                            + folder.path().hashCode(),
                    folder,
                    1);
            double enqueueSeconds = broker.with(open -> EnqueuePhase.run(open, input, work.type(), streams));
            say.accept("enqueued " + Figures.of(input.jobs(), "job") + ", "
                    + Figures.count(Figures.rate(input.jobs(), enqueueSeconds)) + " a second");
            Omissions omissions = broker.with(this::omissions);
            broker.outOfReach().ifPresent(why -> say.accept("left out: the kill of a worker, since " + why));
            Ledger ledger = new Ledger(input.jobs());
            WorkPhase phase = new WorkPhase(broker, work, ledger, !omissions.counts(), say);
            double workSeconds = phase.run(streams);
            Verifier verifier = new Verifier(input, ledger, new QueueName(work.queue()));
            DemoReport.Counts counts = broker.with(open -> verifier.run(open, streams));
            Latency idle = broker.with(open -> IdleLatency.measure(open, work.queue() + "-idle", IDLE_SAMPLES));
            List<String> differences = new ArrayList<>(phase.complaints());
            differences.addAll(verifier.differences());
            if (differences.isEmpty()) {
                broker.with(open -> cleanUp(open, work.queue()));
            }
            return new DemoReport(counts, workSeconds, phase.killed(), idle, differences);
        }
    }

    private Input input(DemoFolder folder) throws IOException, InterruptedException {
        if (settings.jobs().isPresent()) {
            return Input.synthetic(settings.jobs().getAsInt());
        }
        Path where = settings.input().orElse(project);
        if (!Files.isDirectory(where)) {
            throw new IllegalArgumentException(where + " is not a folder; name one with --input DIR");
        }
        List<Path> files = settings.input().isPresent() ? InputFiles.below(where) : InputFiles.ofProject(where);
        Snapshot snapshot = Snapshot.take(files, folder);
        if (snapshot.files() == 0) {
            throw new IllegalArgumentException("below " + where + " there is no file to work on: " + snapshot
                    + "; name another folder with --input DIR, or take made-up jobs with --jobs N");
        }
        say.accept("snapshot of " + where + ": " + snapshot);
        return Input.of(snapshot, AT_LEAST);
    }

    private Omissions omissions(Broker broker) {
        Omissions omissions = Omissions.of(broker);
        omissions.words(broker.name()).forEach(what -> say.accept("left out: " + what));
        return omissions;
    }

    private static boolean cleanUp(Broker broker, String queue) {
        broker.facet(Administrable.class).ifPresent(admin -> admin.purgeDead(new QueueName(queue)));
        return true;
    }
}
