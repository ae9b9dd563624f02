// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Queue;
import java.util.Arrays;
import java.util.Collection;

/** What every segment of the log begins with, so that the segments before it can go. */
final class Preamble {
    private Preamble() {}

    static byte[] of(StoreState state, Collection<Queue> queues) {
        RecordWriter out = new RecordWriter(256);
        Records.store(out, state);
        for (Queue queue : queues) {
            if (queue.pausedIn() || queue.pausedOut()) {
                Records.paused(out, queue.name().value(), queue.pausedIn(), queue.pausedOut());
            }
        }
        return Arrays.copyOf(out.array(), out.size());
    }
}
