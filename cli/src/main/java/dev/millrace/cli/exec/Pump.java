// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Passes on what a command writes, on a thread of its own, until nobody holds the pipe any more. A platform thread: a
 * read of a pipe would hold the carrier of a virtual one.
 */
final class Pump {
    private static final int CHUNK = 8192;

    private final Thread thread;

    private Pump(Thread thread) {
        this.thread = thread;
    }

    /** Begins to copy all that comes; {@code tail} keeps the end of it. */
    static Pump start(InputStream from, OutputStream to, Tail tail) {
        Thread thread = Thread.ofPlatform().daemon().name("millrace-pump").start(() -> copy(from, to, tail));
        return new Pump(thread);
    }

    private static void copy(InputStream from, OutputStream to, Tail tail) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                tail.add(chunk, count);
                to.write(chunk, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            // The command, or who reads from us, is gone: there is nobody left to pass anything to.
        }
    }

    /** Waits until all has been passed on; not for ever, since a process in the background may still hold the pipe. */
    void finish(Duration patience) throws InterruptedException {
        thread.join(patience);
    }
}
