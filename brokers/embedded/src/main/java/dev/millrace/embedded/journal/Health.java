// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Whether the journal may still be written: the first failed write or sync ends that for good. Thread-safe. */
final class Health {
    private static final Logger LOG = System.getLogger(Health.class.getPackageName());

    private final String folder;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    Health(String folder) {
        this.folder = folder;
    }

    void checkWritable() {
        checkOpen();
        Throwable broken = failure;
        if (broken != null) {
            throw new JournalBrokenException(
                    "the journal in " + folder + " stopped after a failed write (" + broken
                            + "): look at the disk, then open it again",
                    broken);
        }
    }

    void checkOpen() {
        if (closed) {
            throw new JournalException("the journal in " + folder + " is closed", null);
        }
    }

    boolean broken() {
        return failure != null;
    }

    /** Remembers the first failure and makes the exception for this one. */
    JournalBrokenException breaks(Throwable cause) {
        if (failure == null) {
            failure = cause;
            LOG.log(Level.ERROR, "the journal in " + folder + " stops, a write failed", cause);
        }
        return new JournalBrokenException(
                "writing to the journal in " + folder + " failed (" + cause
                        + "); nothing is written any more: look at the disk, then open it again",
                cause);
    }

    void close() {
        closed = true;
    }
}
