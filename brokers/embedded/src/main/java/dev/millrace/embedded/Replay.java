// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.embedded.engine.NewJob;
import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.embedded.engine.Recovery;
import dev.millrace.embedded.records.JobHead;
import dev.millrace.embedded.records.RecordReader;
import dev.millrace.embedded.records.Records;
import dev.millrace.embedded.records.StoreState;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a log into an engine, the oldest first. */
final class Replay {
    private final Recovery recovery;
    private final RecordReader in = new RecordReader(new byte[0], 0, 0);
    private final RecordReader.Remembered lastQueue = new RecordReader.Remembered();
    private @Nullable String storeName;
    private long nextSequence = 1;
    private long present;
    private long version = Records.VERSION;

    Replay(Recovery recovery) {
        this.recovery = recovery;
    }

    /** What the log says of the store; the name given is its name if the log says none. */
    StoreState state(String nameIfNone) {
        return new StoreState(storeName == null ? nameIfNone : storeName, nextSequence, present);
    }

    /** Whether the newest part of the log was written by an older version, which must not read what comes. */
    boolean isOld() {
        return version < Records.VERSION;
    }

    /** Whether the log names the store: a fresh one does not, nor one that has lost its name to a salvage. */
    boolean hasName() {
        return storeName != null;
    }

    void frame(long position, byte[] bytes, int offset, int length) {
        in.reset(bytes, offset, length);
        int end = offset + length;
        while (in.hasMore()) {
            int start = in.position();
            record(position + start - offset, start, end);
        }
    }

    private void record(long location, int start, int frameEnd) {
        int type = in.getByte();
        switch (type) {
            case Records.JOB -> job(location, start, sealed(frameEnd));
            case Records.TAKEN -> {
                int slot = find(in.getVarint());
                int attempts = (int) in.getVarint();
                if (slot >= 0) {
                    recovery.taken(slot, attempts);
                }
            }
            case Records.REMOVED -> recovery.removed(number(in.getVarint()));
            case Records.RELEASED -> released(in.getVarint());
            case Records.RETRIED -> {
                int end = sealed(frameEnd);
                note(released(in.getVarint()), location, start, end);
            }
            case Records.BURIED -> {
                int end = sealed(frameEnd);
                int slot = find(in.getVarint());
                long since = see(in.getVarint());
                if (slot >= 0) {
                    recovery.dead(slot, since);
                }
                note(slot, location, start, end);
            }
            case Records.PAUSED -> {
                String queue = in.getText();
                int what = in.getByte();
                recovery.paused(queue, (what & 1) != 0, (what & 2) != 0);
            }
            case Records.ACTIVE -> {
                int slot = find(in.getVarint());
                int attempts = (int) in.getVarint();
                Counts counts = counts();
                if (slot >= 0) {
                    recovery.active(slot, attempts, counts);
                }
            }
            case Records.REQUEUED -> {
                int slot = find(in.getVarint());
                long at = in.getVarint();
                Counts counts = counts();
                if (slot >= 0) {
                    recovery.requeued(slot, at, counts);
                }
            }
            case Records.DIED -> {
                int slot = find(in.getVarint());
                long since = see(in.getVarint());
                if (slot >= 0) {
                    recovery.dead(slot, since);
                }
            }
            case Records.STORE -> store(sealed(frameEnd));
            default ->
                throw BrokerException.lasting(
                        "the log has a record of type " + type + " at " + location
                                + ", which this version does not know; open it with the version that wrote it",
                        null);
        }
    }

    /* The frame was checked as a whole, so the record's own checksum need not be. */
    private int sealed(int frameEnd) {
        int length = (int) in.getVarint();
        in.getInt();
        return Math.min(in.position() + length, frameEnd);
    }

    private Counts counts() {
        return new Counts((int) in.getVarint(), (int) in.getVarint(), in.getByte() != 0);
    }

    private void job(long location, int start, int end) {
        JobHead head = JobHead.read(in, lastQueue);
        int slot = recovery.job(
                new NewJob(
                        head.sequence(),
                        head.chosenId(),
                        recovery.queue(head.queue()),
                        head.priority(),
                        head.isFront(),
                        head.time(),
                        head.terms()),
                location,
                end - start);
        recovery.attempts(slot, head.attempts());
        if (head.isDead()) {
            recovery.dead(slot, head.time());
        }
        number(head.sequence());
        see(head.enqueuedAt());
        in.position(end);
    }

    private int released(long sequence) {
        int slot = find(sequence);
        long at = in.getVarint();
        int attempts = (int) in.getVarint();
        if (slot >= 0) {
            recovery.released(slot, at, attempts);
        }
        return slot;
    }

    private void note(int slot, long location, int start, int end) {
        if (slot >= 0) {
            recovery.note(slot, location, end - start);
        }
        in.position(end);
    }

    private void store(int end) {
        version = in.getVarint();
        if (version < 1 || version > Records.VERSION) {
            throw BrokerException.lasting(
                    "the log is of version " + version + ", this Millrace reads versions up to " + Records.VERSION
                            + "; open it with the version that wrote it",
                    null);
        }
        storeName = in.getText();
        nextSequence = Math.max(nextSequence, in.getVarint());
        see(in.getVarint());
        in.position(end);
    }

    private int find(long sequence) {
        return recovery.find(number(sequence));
    }

    /** A number that was used, even if nothing else is known of its job. */
    private long number(long sequence) {
        nextSequence = Math.max(nextSequence, sequence + 1);
        return sequence;
    }

    private long see(long moment) {
        present = Math.max(present, moment);
        return moment;
    }
}
