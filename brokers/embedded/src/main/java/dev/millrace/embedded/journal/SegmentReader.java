// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log's files for any thread, with few of them open at a time. Files are closed, dropped and used again while
 * they are read; so a read that was cut off is made again, and what was read counts only if the log still begins before
 * it afterwards.
 */
final class SegmentReader {
    private static final int MOST_OPEN = 64;
    private static final int TRIES = 8;

    private final Storage folder;
    private final SegmentTable table;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, StorageFile> open = new LinkedHashMap<>(2 * MOST_OPEN, 0.75f, true);
    private boolean closed;

    SegmentReader(Storage folder, SegmentTable table) {
        this.folder = folder;
        this.table = table;
    }

    /** Bytes of the log, or null if they were dropped. */
    byte @Nullable [] read(long position, int length) {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                StorageFile file = file(position);
                if (file == null) {
                    return null;
                }
                Segment segment = table.find(position);
                byte[] bytes = new byte[length];
                int read = segment == null ? 0 : file.read(position - segment.base, bytes, 0, length);
                if (position < table.first()) {
                    return null;
                }
                if (read == length) {
                    return bytes;
                }
                throw new JournalException(
                        "the log in " + folder + " has no " + length + " bytes at position " + position, null);
            } catch (IOException cutOff) {
                last = cutOff;
            }
        }
        throw new JournalException("cannot read the journal in " + folder + ": " + last, last);
    }

    private @Nullable StorageFile file(long position) throws IOException {
        lock.lock();
        try {
            Segment segment = table.find(position);
            if (closed || segment == null) {
                return null;
            }
            StorageFile file = open.get(segment.base);
            if (file == null) {
                file = folder.openForReading(segment.name());
                open.put(segment.base, file);
                closeEldest();
            }
            return file;
        } finally {
            lock.unlock();
        }
    }

    private void closeEldest() {
        Iterator<StorageFile> eldestFirst = open.values().iterator();
        while (open.size() > MOST_OPEN) {
            eldestFirst.next().close();
            eldestFirst.remove();
        }
    }

    /** Closes the file of a segment that the log has dropped. */
    void forget(Segment segment) {
        lock.lock();
        try {
            StorageFile file = open.remove(segment.base);
            if (file != null) {
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            open.values().forEach(StorageFile::close);
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
