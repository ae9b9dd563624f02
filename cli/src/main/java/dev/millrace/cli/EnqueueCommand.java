// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.job.Job;
import dev.millrace.job.JobId;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace enqueue}. */
@Command(
        name = "enqueue",
        sortOptions = false,
        description = "Put a job into a queue, or one for each line of a file.",
        footer = {
            "%nExamples:",
            "  millrace enqueue mail 'hello' --delay 5m",
            "  find . -name '*.md' | millrace enqueue docs --file -",
            "  millrace enqueue images - < picture.png"
        })
final class EnqueueCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final Root root;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BODY",
            description = "The body of the job; - takes all of standard input, as it is.")
    @Nullable
    String body;

    @Option(
            names = "--file",
            paramLabel = "LINES",
            description = "A job for each line of this file; - is standard input.")
    @Nullable
    String file;

    @Mixin
    final JobOptions options = new JobOptions();

    EnqueueCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws IOException {
        JobShape shape = options.shape(new QueueName(queue));
        if ((body == null) == (file == null)) {
            throw new IllegalArgumentException("give one of BODY, - for all of standard input, and --file LINES");
        }
        if (file != null) {
            options.refuseForManyJobs();
            return lines(shape, file);
        }
        Job job = shape.job(content(body));
        try (Broker broker = root.open()) {
            return one(broker, job);
        }
    }

    private Payload content(@Nullable String text) throws IOException {
        return STANDARD_INPUT.equals(text)
                ? Payload.wrap(root.streams().in().readAllBytes())
                : Payload.text(text == null ? "" : text);
    }

    private int one(Broker broker, Job job) {
        EnqueueResult result = Producer.to(broker).offer(java.util.List.of(job)).getFirst();
        if (result instanceof EnqueueResult.Refused refused) {
            throw new RefusedException(refused);
        }
        show(result);
        if (!root.json()) {
            root.print(
                    result instanceof EnqueueResult.Stored stored
                            ? "enqueued 1 job into " + queue + ": " + stored.id()
                            : "nothing enqueued: " + queue + " knows this id already");
        }
        return ExitCode.DONE;
    }

    private int lines(JobShape shape, String name) throws IOException {
        boolean standard = name.equals(STANDARD_INPUT);
        try (InputStream in = standard ? InputStream.nullInputStream() : Files.newInputStream(Path.of(name));
                Broker broker = root.open();
                Progress progress = Progress.ofUnknown(root.streams(), "enqueued")) {
            LineReader lines = new LineReader(standard ? root.streams().in() : in);
            BulkEnqueue bulk = new BulkEnqueue(
                    Producer.to(broker), shape, this::show, root.streams().out()::flush);
            long stored = bulk.run(lines, progress);
            progress.close();
            if (!root.json()) {
                root.print("enqueued " + Figures.of(stored, "job") + " into " + queue);
            }
            return ExitCode.DONE;
        }
    }

    private void show(EnqueueResult result) {
        if (root.json()) {
            switch (result) {
                case EnqueueResult.Stored stored -> show(stored.id(), "stored");
                case EnqueueResult.Duplicate duplicate -> show(duplicate.id(), "duplicate");
                case EnqueueResult.Refused refused -> {}
            }
        }
    }

    private void show(JobId id, String result) {
        root.print(new JsonLine()
                .put("queue", queue)
                .put("id", id.value())
                .put("result", result)
                .toString());
    }
}
