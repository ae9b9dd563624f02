// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.records;

import dev.millrace.embedded.engine.NewJob.Counts;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/*
 * What the log says. A frame of the journal holds the records of one group of commands, one after the other:
 *
 *   JOB       sealed  a whole job, see JobRecord
 *   TAKEN             sequence, attempts            a worker got the job
 *   REMOVED           sequence                      the job ended
 *   RELEASED          sequence, at, attempts        the job comes again
 *   RETRIED   sealed  sequence, at, attempts, headers   … with all its headers anew
 *   BURIED    sealed  sequence, since, headers      the job was put aside, with all its headers
 *   PAUSED            queue, in (1) and out (2)     as of now
 *   ACTIVE            sequence, attempts, counts    with a worker, or taken out of its queue
 *   REQUEUED          sequence, at, counts          the job comes again at its place
 *   DIED              sequence, since               the job was put aside: delivered as often as it may be
 *   STORE     sealed  version, name of the store, next sequence, present; opens every segment, with a PAUSED for each
 *
 * Counts are nacks, requeues, and a byte: 1 if it was queued before. Numbers are varints, texts are a varint length and
 * UTF-8. "Sealed" records are read again by themselves, long after their frame was checked: they say how long they are
 * and carry a checksum of their own:
 *
 *   type byte │ length of the content, varint │ CRC-32C of the content, int │ content
 */
public final class Records {
    /** 2 since there are hosted jobs; what has a lower one is read. */
    public static final int VERSION = 2;

    public static final int JOB = 1;
    public static final int TAKEN = 2;
    public static final int REMOVED = 3;
    public static final int RELEASED = 4;
    public static final int RETRIED = 5;
    public static final int BURIED = 6;
    public static final int PAUSED = 7;
    public static final int STORE = 8;
    public static final int ACTIVE = 9;
    public static final int REQUEUED = 10;
    public static final int DIED = 11;

    private static final int LENGTH_BYTES = 5;

    private Records() {}

    public static void job(RecordWriter out, JobRecord job) {
        int start = out.size();
        int content = open(out);
        job.writeTo(out);
        seal(out, JOB, start, content);
    }

    public static void taken(RecordWriter out, long sequence, int attempts) {
        out.putByte(TAKEN);
        out.putVarint(sequence);
        out.putVarint(attempts);
    }

    public static void active(RecordWriter out, long sequence, int attempts, Counts counts) {
        out.putByte(ACTIVE);
        out.putVarint(sequence);
        out.putVarint(attempts);
        counts(out, counts);
    }

    public static void requeued(RecordWriter out, long sequence, long at, Counts counts) {
        out.putByte(REQUEUED);
        out.putVarint(sequence);
        out.putVarint(at);
        counts(out, counts);
    }

    private static void counts(RecordWriter out, Counts counts) {
        out.putVarint(counts.nacks());
        out.putVarint(counts.requeues());
        out.putByte(counts.queued() ? 1 : 0);
    }

    public static void died(RecordWriter out, long sequence, long since) {
        out.putByte(DIED);
        out.putVarint(sequence);
        out.putVarint(since);
    }

    public static void removed(RecordWriter out, long sequence) {
        out.putByte(REMOVED);
        out.putVarint(sequence);
    }

    public static void released(RecordWriter out, long sequence, long at, int attempts) {
        out.putByte(RELEASED);
        out.putVarint(sequence);
        out.putVarint(at);
        out.putVarint(attempts);
    }

    public static void retried(RecordWriter out, long sequence, long at, int attempts, Map<String, String> headers) {
        int start = out.size();
        int content = open(out);
        out.putVarint(sequence);
        out.putVarint(at);
        out.putVarint(attempts);
        out.putHeaders(headers);
        seal(out, RETRIED, start, content);
    }

    public static void buried(RecordWriter out, long sequence, long since, Map<String, String> headers) {
        int start = out.size();
        int content = open(out);
        out.putVarint(sequence);
        out.putVarint(since);
        out.putHeaders(headers);
        seal(out, BURIED, start, content);
    }

    public static void paused(RecordWriter out, String queue, boolean in, boolean stopped) {
        out.putByte(PAUSED);
        out.putText(queue);
        out.putByte((in ? 1 : 0) | (stopped ? 2 : 0));
    }

    public static void store(RecordWriter out, StoreState state) {
        int start = out.size();
        int content = open(out);
        out.putVarint(VERSION);
        out.putText(state.name());
        out.putVarint(state.nextSequence());
        out.putVarint(state.present());
        seal(out, STORE, start, content);
    }

    /** Leaves room for type, the longest length and checksum; returns where the content begins. */
    private static int open(RecordWriter out) {
        for (int i = 0; i < 1 + LENGTH_BYTES + Integer.BYTES; i++) {
            out.putByte(0);
        }
        return out.size();
    }

    /** Writes type, length and checksum, and moves the content up to them. */
    private static void seal(RecordWriter out, int type, int start, int content) {
        int length = out.size() - content;
        int crc = crc(out.array(), content, length);
        out.truncate(start);
        out.putByte(type);
        out.putVarint(length);
        out.putInt(crc);
        out.putBytes(out.array(), content, length);
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Steps over type, length and checksum of a sealed record and returns where it ends; -1 if it is damaged. */
    public static int unseal(RecordReader in, int type, int limit) {
        if (in.getByte() != type) {
            return -1;
        }
        long length = in.getVarint();
        int crc = in.getInt();
        if (length < 0 || length > limit - in.position() || crc(in.array(), in.position(), (int) length) != crc) {
            return -1;
        }
        return in.position() + (int) length;
    }

    /** Steps over one record and returns its type. */
    public static int skip(RecordReader in, int frameEnd) {
        int start = in.position();
        int type = in.getByte();
        switch (type) {
            case JOB, RETRIED, BURIED, STORE -> {
                in.position(start);
                int end = unseal(in, type, frameEnd);
                in.position(end < 0 ? frameEnd : end);
            }
            case PAUSED -> {
                in.getText();
                in.getByte();
            }
            case TAKEN, DIED -> in.skipVarints(2);
            case ACTIVE, REQUEUED -> in.skipVarints(5);
            case REMOVED -> in.skipVarints(1);
            default -> in.skipVarints(3);
        }
        return type;
    }

    /** Reads a whole job that was read from the log by itself; null if it is damaged. */
    public static @Nullable JobRecord readJob(byte[] bytes) {
        return readJob(bytes, new RecordReader.Remembered());
    }

    /** The same for a reader of many jobs of one queue. */
    public static @Nullable JobRecord readJob(byte[] bytes, RecordReader.Remembered lastQueue) {
        RecordReader in = new RecordReader(bytes, 0, bytes.length);
        int end = unseal(in, JOB, bytes.length);
        return end < 0 ? null : JobRecord.read(in, end, lastQueue);
    }

    /** Reads the headers of a RETRIED or BURIED record that was read from the log by itself; null if it is damaged. */
    public static @Nullable Map<String, String> readHeaders(byte[] bytes) {
        int type = bytes[0];
        RecordReader in = new RecordReader(bytes, 0, bytes.length);
        if ((type != RETRIED && type != BURIED) || unseal(in, type, bytes.length) < 0) {
            return null;
        }
        in.getVarint();
        in.getVarint();
        if (type == RETRIED) {
            in.getVarint();
        }
        return in.getHeaders();
    }
}
