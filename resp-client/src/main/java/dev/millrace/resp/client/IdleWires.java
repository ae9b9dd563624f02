// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/*
 * The connection that was used last is used first, so those that are too many grow old. Whoever takes one closes it or
 * puts it back. No lock: with more threads than cores its holder would be the one that does not run. Thread-safe.
 */
/** Connections that nobody uses now. */
final class IdleWires {
    /** Newest first. */
    private final Deque<Wire> wires = new ConcurrentLinkedDeque<>();

    void put(Wire wire) {
        wires.addFirst(wire);
    }

    @Nullable
    Wire takeNewest() {
        return wires.pollFirst();
    }

    List<Wire> takeAll() {
        List<Wire> all = new ArrayList<>();
        for (Wire wire = wires.pollFirst(); wire != null; wire = wires.pollFirst()) {
            all.add(wire);
        }
        return all;
    }

    /** Those that were used last at a moment or before. */
    List<Wire> takeUnusedSince(long moment) {
        List<Wire> old = new ArrayList<>();
        for (Wire oldest = wires.peekLast();
                oldest != null && oldest.lastUsed() - moment <= 0;
                oldest = wires.peekLast()) {
            if (wires.removeLastOccurrence(oldest)) {
                old.add(oldest);
            }
        }
        return old;
    }

    /** When the oldest was used last; empty if there is none. */
    OptionalLong oldestUse() {
        Wire oldest = wires.peekLast();
        return oldest == null ? OptionalLong.empty() : OptionalLong.of(oldest.lastUsed());
    }
}
