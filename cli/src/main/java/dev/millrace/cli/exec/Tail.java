// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The last bytes of what a command wrote on standard error: mostly they say why it failed. Thread-safe. */
final class Tail {
    private static final int KEPT = 1024;
    private static final int SHOWN = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] ring = new byte[KEPT];
    private long written;

    void add(byte[] bytes, int count) {
        lock.lock();
        try {
            for (int i = Math.max(0, count - KEPT); i < count; i++) {
                ring[(int) ((written + i) % KEPT)] = bytes[i];
            }
            written += count;
        } finally {
            lock.unlock();
        }
    }

    /** The last line that says something, cut to a length that fits in a list; empty if there is none. */
    String lastLine() {
        String last = text().lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (before, line) -> line);
        return last.length() > SHOWN ? "…" + last.substring(last.length() - SHOWN) : last;
    }

    private String text() {
        lock.lock();
        try {
            int size = (int) Math.min(written, KEPT);
            byte[] ordered = new byte[size];
            for (int i = 0; i < size; i++) {
                ordered[i] = ring[(int) ((written - size + i) % KEPT)];
            }
            return new String(ordered, StandardCharsets.UTF_8);
        } finally {
            lock.unlock();
        }
    }
}
