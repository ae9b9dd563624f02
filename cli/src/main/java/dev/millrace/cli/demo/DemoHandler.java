// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.worker.Handler;
import dev.millrace.worker.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;

/**
 * Does the jobs of the demonstration: reads the content, digests it, and writes the result before it returns, so before
 * the job is acknowledged. "The first time" is by the files of results, not by the attempts that the broker counts.
 * Thread-safe.
 */
final class DemoHandler implements Handler<DemoJob> {
    /** What the reason of every dead letter of the demonstration says. */
    static final String FOR_EVER = "fails for ever, on purpose";

    private static final String ONCE = "fails the first time, on purpose";

    private final DemoFolder folder;
    private final ResultsWriter results;
    private final Set<Integer> failed;

    /** A handler; {@code failed} are the jobs that failed before, a set that can be written by many threads. */
    DemoHandler(DemoFolder folder, ResultsWriter results, Set<Integer> failed) {
        this.folder = folder;
        this.results = results;
        this.failed = failed;
    }

    @Override
    public void handle(DemoJob job, JobContext context) throws IOException {
        write(ResultLine.Kind.START, job, context, Optional.empty());
        if (job.fate() == Fate.FAILS_ALWAYS) {
            write(ResultLine.Kind.FAIL, job, context, Optional.empty());
            throw new IllegalStateException("job " + job.number() + " " + FOR_EVER);
        }
        if (job.fate() == Fate.FAILS_ONCE && failed.add(job.number())) {
            write(ResultLine.Kind.FAIL, job, context, Optional.empty());
            throw new IllegalStateException("job " + job.number() + " " + ONCE);
        }
        byte[] content =
                job.file() == DemoJob.NO_FILE ? job.content().bytes() : Files.readAllBytes(folder.snapshot(job.file()));
        write(ResultLine.Kind.DONE, job, context, Optional.of(Digest.of(content)));
    }

    private void write(ResultLine.Kind kind, DemoJob job, JobContext context, Optional<Digest> digest)
            throws IOException {
        results.write(new ResultLine(kind, job.number(), context.attempt(), digest));
    }
}
