// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.NewJob;
import dev.millrace.embedded.engine.NewJob.Terms;
import dev.millrace.embedded.records.JobHead;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.job.JobId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores jobs. Their records are written by the caller beforehand, so that the leader only copies them. */
final class SendCommand extends Command {
    private final RecordWriter encoded;
    private final List<Entry> entries;

    SendCommand(int jobs) {
        this.encoded = new RecordWriter(jobs * 128);
        this.entries = new ArrayList<>(jobs);
    }

    /** One job on its way. */
    private static final class Entry {
        private final JobId id;
        private final JobRecord job;
        private final Terms terms;
        private final int from;
        private final int length;
        private int slot = Engine.PAUSED;
        private int at;
        private @Nullable EnqueueResult refusal;

        private Entry(JobId id, JobRecord job, Terms terms, int from, int length) {
            this.id = id;
            this.job = job;
            this.terms = terms;
            this.from = from;
            this.length = length;
        }
    }

    /** Adds a job; its terms may have a queue limit that its record need not remember. */
    void add(JobId id, JobRecord job, Terms terms) {
        int from = encoded.size();
        Records.job(encoded, job);
        entries.add(new Entry(id, job, terms, from, encoded.size() - from));
    }

    @Override
    int bytes() {
        return encoded.size();
    }

    @Override
    boolean fills() {
        return true;
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        for (Entry entry : entries) {
            JobHead job = entry.job.head();
            entry.slot = engine.reserve(new NewJob(
                    job.sequence(),
                    job.chosenId(),
                    engine.queue(job.queue()),
                    job.priority(),
                    job.isFront(),
                    job.time(),
                    entry.terms));
            if (entry.slot < 0) {
                entry.refusal = refusal(entry);
            } else {
                entry.at = out.size();
                out.putBytes(encoded.array(), entry.from, entry.length);
            }
        }
    }

    private static EnqueueResult refusal(Entry entry) {
        String queue = entry.job.head().queue();
        return switch (entry.slot) {
            case Engine.DUPLICATE -> new EnqueueResult.Duplicate(entry.id);
            case Engine.FULL ->
                new EnqueueResult.Refused(
                        Reason.QUEUE_FULL,
                        "queue " + queue + " holds " + entry.terms.queueLimit()
                                + " unfinished jobs, as many as it may");
            default -> new EnqueueResult.Refused(Reason.PAUSED, "queue " + queue + " is paused for producers");
        };
    }

    @Override
    void commit(Engine engine, long start) {
        for (Entry entry : entries) {
            if (entry.slot >= 0) {
                engine.store(entry.slot, start + entry.at, entry.length);
            }
        }
    }

    @Override
    void abort(Engine engine) {
        for (Entry entry : entries) {
            if (entry.slot >= 0) {
                engine.cancel(entry.slot);
                entry.slot = Engine.PAUSED;
            }
        }
    }

    void collect(List<EnqueueResult> results) {
        for (Entry entry : entries) {
            results.add(entry.refusal == null ? new EnqueueResult.Stored(entry.id) : entry.refusal);
        }
    }
}
