// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Bodies;
import org.jspecify.annotations.Nullable;

/** Where frames of records go: the journal of {@code file:}, or the memory of {@code mem:}. One writer at a time. */
interface JobLog extends Bodies {
    /**
     * Writes a frame.
     *
     * @param frame the bytes, from 0
     * @param length how many
     * @param durable whether it must be as safe as this log makes it before this returns
     * @param reserve whether it may use the room that is kept for work that gives room back
     * @return where its first byte lies
     */
    long write(byte[] frame, int length, boolean durable, boolean reserve);

    /** A part of a frame, by any thread; null if it is not needed any more and was dropped. */
    byte @Nullable [] read(long location, int length);

    /** What is kept in memory and not on a disk, in bytes; the newest part that is kept for speed does not count. */
    default long memoryBytes() {
        return 0;
    }

    /** The same for the leader, who reads mostly forwards. */
    default byte @Nullable [] readForward(long location, int length) {
        return read(location, length);
    }

    /** Gives back what nobody needs. */
    void reclaim();

    /** Ends the log; twice is allowed. */
    void close();
}
