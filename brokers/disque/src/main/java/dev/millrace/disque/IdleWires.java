// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * The connection that was used last is used first, so those that are too many grow old. Whoever takes one closes it or
 * puts it back. Thread-safe.
 */
/** Connections that nobody uses now. */
final class IdleWires {
    private final ReentrantLock lock = new ReentrantLock();
    /** Newest first. */
    private final Deque<Wire> wires = new ArrayDeque<>();

    void put(Wire wire) {
        lock.lock();
        try {
            wires.addFirst(wire);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Wire takeNewest() {
        lock.lock();
        try {
            return wires.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    List<Wire> takeAll() {
        lock.lock();
        try {
            List<Wire> all = List.copyOf(wires);
            wires.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Those that were used last at a moment or before. */
    List<Wire> takeUnusedSince(long moment) {
        List<Wire> old = new ArrayList<>();
        lock.lock();
        try {
            for (Wire oldest = wires.peekLast();
                    oldest != null && oldest.lastUsed() - moment <= 0;
                    oldest = wires.peekLast()) {
                old.add(wires.removeLast());
            }
            return old;
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest was used last; empty if there is none. */
    OptionalLong oldestUse() {
        lock.lock();
        try {
            Wire oldest = wires.peekLast();
            return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.lastUsed());
        } finally {
            lock.unlock();
        }
    }
}
