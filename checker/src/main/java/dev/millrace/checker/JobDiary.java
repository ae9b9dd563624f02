// SPDX-License-Identifier: Apache-2.0
package dev.millrace.checker;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one program did with jobs, in a file to which lines are added. A line is with the operating system when its method
 * returns, so a killed program takes none along. Jobs go by names of your own without white space. Thread-safe.
 */
public final class JobDiary implements AutoCloseable {
    static final char SENDING = '?';
    static final char ACCEPTED = '+';
    static final char HANDLED = '.';
    static final char SETTLING = '!';
    static final char SETTLED = '-';

    private final ReentrantLock lock = new ReentrantLock();
    private final FileOutputStream file;

    /**
     * Opens a diary, and goes on with it if it is there.
     *
     * @param path the file
     */
    public JobDiary(Path path) {
        try {
            file = new FileOutputStream(path.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These jobs are about to be enqueued.
     *
     * @param jobs their names
     */
    public void sending(Collection<String> jobs) {
        write(SENDING, jobs);
    }

    /**
     * The broker has said that it has these jobs.
     *
     * @param jobs their names
     */
    public void accepted(Collection<String> jobs) {
        write(ACCEPTED, jobs);
    }

    /**
     * These jobs were received.
     *
     * @param jobs their names
     */
    public void handled(Collection<String> jobs) {
        write(HANDLED, jobs);
    }

    /**
     * These jobs are about to be acknowledged.
     *
     * @param jobs their names
     */
    public void settling(Collection<String> jobs) {
        write(SETTLING, jobs);
    }

    /**
     * The broker has confirmed the acknowledgement of these jobs.
     *
     * @param jobs their names
     */
    public void settled(Collection<String> jobs) {
        write(SETTLED, jobs);
    }

    private void write(char what, Collection<String> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        byte[] line = (what + String.join(" ", jobs) + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            file.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
