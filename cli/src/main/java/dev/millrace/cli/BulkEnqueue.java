// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.MillraceException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues a job for each line, many at a time, without holding more than a batch. A batch is sent when it is full and
 * when the next line is not there yet, so that lines from a slow writer do not wait. At the first failure it stops and says
 * how far it came.
 */
final class BulkEnqueue {
    private static final int BATCH_JOBS = 1_000;
    private static final long BATCH_BYTES = 4L << 20;

    private final Producer producer;
    private final JobShape shape;
    private final Consumer<EnqueueResult> shown;
    private final Runnable flush;
    private final List<Job> batch = new ArrayList<>();
    private long batchBytes;
    private long sent;
    private long stored;

    BulkEnqueue(Producer producer, JobShape shape, Consumer<EnqueueResult> shown, Runnable flush) {
        this.producer = producer;
        this.shape = shape;
        this.shown = shown;
        this.flush = flush;
    }

    /** Enqueues all lines and returns how many jobs were stored; the others were duplicates. */
    long run(LineReader lines, Progress progress) throws IOException {
        byte @Nullable [] line = lines.next();
        while (line != null) {
            batch.add(shape.job(Payload.wrap(line)));
            batchBytes += line.length;
            if (batch.size() >= BATCH_JOBS || batchBytes >= BATCH_BYTES || !lines.ready()) {
                send();
                progress.at(stored);
            }
            line = lines.next();
        }
        send();
        return stored;
    }

    private void send() {
        if (batch.isEmpty()) {
            return;
        }
        List<EnqueueResult> results = offer();
        long first = sent + 1;
        sent += batch.size();
        batch.clear();
        batchBytes = 0;
        int refusedAt = -1;
        for (int i = results.size() - 1; i >= 0; i--) {
            refusedAt = results.get(i) instanceof EnqueueResult.Refused ? i : refusedAt;
        }
        for (EnqueueResult result : results) {
            stored += result instanceof EnqueueResult.Stored ? 1 : 0;
            shown.accept(result);
        }
        flush.run();
        if (refusedAt >= 0 && results.get(refusedAt) instanceof EnqueueResult.Refused refused) {
            throw new RefusedException(
                    "line " + (first + refusedAt) + " was refused: " + RefusedException.why(refused)
                            + "; of lines 1 to " + sent + " " + Figures.of(stored, "job")
                            + " were enqueued, the rest was not sent",
                    null);
        }
    }

    private List<EnqueueResult> offer() {
        try {
            return producer.offer(batch);
        } catch (MillraceException e) {
            if (sent == 0 && e instanceof dev.millrace.broker.UnsupportedFeatureException) {
                throw e;
            }
            throw new RefusedException(
                    e.getMessage() + "; lines 1 to " + sent + " were sent and " + Figures.of(stored, "job")
                            + " enqueued, of lines " + (sent + 1) + " to " + (sent + batch.size())
                            + " it is not known, the rest was not sent",
                    e);
        }
    }
}
