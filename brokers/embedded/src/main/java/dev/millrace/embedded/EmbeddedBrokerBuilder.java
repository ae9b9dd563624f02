// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.journal.JournalOptions;
import dev.millrace.embedded.journal.Sync;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Collects how an {@link EmbeddedBroker} is to be. Not thread-safe. */
public final class EmbeddedBrokerBuilder {
    static final int DEFAULT_MAX_BODY = 64 << 20;
    static final int LARGEST_MAX_BODY = 1 << 28;

    private @Nullable Path directory;
    private Sync sync = Sync.ALWAYS;
    private int maxBody = DEFAULT_MAX_BODY;
    private long queueLimit = Long.MAX_VALUE;
    private int segmentBytes = JournalOptions.defaults().segmentBytes();
    private boolean salvage;
    private @Nullable InstantSource clock;

    EmbeddedBrokerBuilder() {}

    /** When a durable broker replies, and what a power failure can take. A killed process takes nothing in any mode. */
    public enum SyncMode {
        /** When the bytes are on disk: nothing is lost. The default. */
        ALWAYS,
        /** When the operating system has the bytes; they are synced every second: the last second can be lost. */
        EVERYSEC,
        /** When the operating system has the bytes; it writes them when it likes: half a minute can be lost. */
        NEVER
    }

    /**
     * Keeps jobs in a directory, which is made if it is not there.
     *
     * @param folder the directory; it belongs to this broker alone
     * @return this builder
     */
    public EmbeddedBrokerBuilder directory(Path folder) {
        directory = folder;
        return this;
    }

    /**
     * Chooses when a durable broker replies; without a directory it changes nothing.
     *
     * @param mode the default is {@link SyncMode#ALWAYS}
     * @return this builder
     */
    public EmbeddedBrokerBuilder sync(SyncMode mode) {
        sync = Sync.valueOf(mode.name());
        return this;
    }

    /**
     * Limits the size of payloads.
     *
     * @param bytes the largest payload, 1 to 256 MiB; the default is 64 MiB
     * @return this builder
     */
    public EmbeddedBrokerBuilder maxBody(int bytes) {
        maxBody = (int) within("max-body", bytes, 1, LARGEST_MAX_BODY);
        return this;
    }

    /**
     * Limits every queue.
     *
     * @param jobs how many unfinished jobs it may hold, 1 or more; those in the dead letters do not count. The default
     *     is no limit
     * @return this builder
     */
    public EmbeddedBrokerBuilder queueLimit(long jobs) {
        queueLimit = within("queue-limit", jobs, 1, Long.MAX_VALUE);
        return this;
    }

    /**
     * Sets the size of the journal's files.
     *
     * @param bytes 64 KiB to 1 GiB; the default is 16 MiB
     * @return this builder
     */
    public EmbeddedBrokerBuilder segmentBytes(int bytes) {
        segmentBytes = (int) within("segment-bytes", bytes, 64 << 10, 1 << 30);
        return this;
    }

    /**
     * Opens a damaged directory once, without what is damaged: the log says what was left out.
     *
     * @param on whether to go on over damage; the default is to refuse
     * @return this builder
     */
    public EmbeddedBrokerBuilder salvage(boolean on) {
        salvage = on;
        return this;
    }

    /**
     * Gives the broker another clock, for tests. The default is the wall clock, read once and moved on by the monotonic
     * clock, so that setting the time of the machine moves no lease and no delay.
     *
     * @param source the clock
     * @return this builder
     */
    public EmbeddedBrokerBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    static long within(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is out of range; give " + least + " to " + most);
        }
        return value;
    }

    /**
     * Opens the broker.
     *
     * @return the broker; the caller closes it
     * @throws dev.millrace.broker.BrokerException if the directory cannot be used: it is another process's, damaged, or
     *     without permission; the message says what to do
     */
    public EmbeddedBroker open() {
        Limits limits = new Limits(maxBody, queueLimit);
        Path folder = directory;
        if (folder == null) {
            return new EmbeddedBroker("mem:", StoreOpener.inMemory(clock), limits);
        }
        JournalOptions options =
                new JournalOptions(sync, segmentBytes, JournalOptions.defaults().cacheBytes(), salvage);
        EmbeddedBroker broker =
                new EmbeddedBroker("file:" + folder, StoreOpener.inDirectory(folder, options, clock), limits, folder);
        new Door(folder).clear();
        return broker;
    }
}
