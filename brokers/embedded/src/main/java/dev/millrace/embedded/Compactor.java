// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.journal.FrameCursor;
import dev.millrace.embedded.journal.Journal;
import dev.millrace.embedded.journal.JournalException;
import dev.millrace.embedded.journal.JournalFullException;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordReader;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.embedded.records.Standing;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Gives disk back although old jobs stay. Segments go in order, the oldest first, so a record that says that a job
 * ended is never needed longer than the job's own record. When the log is much larger than what is needed in it, the
 * jobs of the oldest segment are written anew at its end, each with its newest headers; then nothing in that segment is
 * needed. A step moves a little, so that nobody waits long. Runs with the lead.
 */
final class Compactor {
    private static final Logger LOG = System.getLogger(Compactor.class.getName());
    private static final int STEP_BYTES = 1 << 18;
    private static final int STEP_READS = 1 << 20;
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Engine engine;
    private final Journal journal;
    private final RecordWriter out = new RecordWriter(1 << 12);
    private final List<Moved> moved = new ArrayList<>();
    private @Nullable FrameCursor frames;
    private long pausedUntil = StoreClock.nanos();
    private boolean stopped;

    private record Moved(int slot, int from, int length) {}

    Compactor(Engine engine, Journal journal) {
        this.engine = engine;
        this.journal = journal;
    }

    /*
     * A full disk may have room again in a moment. Damage stays: the jobs behind it can still be read one by one, but the
     * segments are not given back until somebody opens the folder with salvage.
     */
    void step() {
        if (!journal.wantsCompaction()) {
            frames = null;
            return;
        }
        if (stopped || StoreClock.nanos() - pausedUntil < 0) {
            return;
        }
        try {
            move();
        } catch (JournalFullException e) {
            frames = null;
            pausedUntil = StoreClock.nanos() + PAUSE_NANOS;
        } catch (JournalException e) {
            stopped = true;
            LOG.log(Level.WARNING, "compaction stops until the broker is opened again: " + e.getMessage(), e);
        }
    }

    private void move() {
        FrameCursor cursor = frames == null ? journal.oldestFrames() : frames;
        frames = cursor;
        out.reset(STEP_BYTES * 2);
        moved.clear();
        for (long read = 0; out.size() < STEP_BYTES && read < STEP_READS; read += cursor.length()) {
            if (!cursor.next()) {
                frames = null;
                break;
            }
            copy(cursor);
        }
        write();
    }

    private void copy(FrameCursor cursor) {
        RecordReader in = new RecordReader(cursor.buffer(), cursor.offset(), cursor.length());
        int end = cursor.offset() + cursor.length();
        while (in.hasMore()) {
            int start = in.position();
            int type = Records.skip(in, end);
            if (type == Records.JOB) {
                long location = cursor.position() + start - cursor.offset();
                copy(java.util.Arrays.copyOfRange(cursor.buffer(), start, in.position()), location);
            }
        }
    }

    private void copy(byte[] record, long location) {
        JobRecord job = Records.readJob(record);
        int slot = job == null ? -1 : engine.find(job.head().sequence());
        if (job == null || slot < 0) {
            return;
        }
        Held held = engine.look(slot);
        if (held.location() != location) {
            return;
        }
        Map<String, String> headers = newestHeaders(held, job);
        long time = held.isWaiting() || held.isDead() ? held.time() : 0;
        int from = out.size();
        Standing standing = new Standing(
                held.attempts(),
                time,
                held.isDead(),
                held.expiresAt(),
                held.isLeased(),
                engine.hosted().counts(slot));
        Records.job(out, job.standing(standing, headers));
        moved.add(new Moved(slot, from, out.size() - from));
    }

    private Map<String, String> newestHeaders(Held held, JobRecord job) {
        if (held.noteLength() == 0) {
            return job.headers();
        }
        byte[] note = journal.read(held.note(), held.noteLength());
        Map<String, String> headers = note == null ? null : Records.readHeaders(note);
        return headers == null ? job.headers() : headers;
    }

    private void write() {
        if (moved.isEmpty()) {
            return;
        }
        long start = journal.write(out.array(), 0, out.size(), true, true);
        moved.forEach(one -> engine.move(one.slot, start + one.from, one.length));
    }
}
