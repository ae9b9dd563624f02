// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Queue;
import org.jspecify.annotations.Nullable;

/** Those who wait for the jobs of one queue, in the order in which they came. Leaving from the middle costs nothing. */
final class Line {
    private final Queue queue;
    private @Nullable Place first;
    private @Nullable Place last;

    Line(Queue queue) {
        this.queue = queue;
    }

    Queue queue() {
        return queue;
    }

    /** Who came first, or null if nobody waits. */
    @Nullable
    Taker first() {
        return first == null ? null : first.taker;
    }

    Place add(Taker taker) {
        Place place = new Place(this, taker, last);
        if (last == null) {
            first = place;
        } else {
            last.next = place;
        }
        last = place;
        queue.takers(1);
        return place;
    }

    /** Where one of those who wait stands. */
    static final class Place {
        private final Line line;
        private final Taker taker;
        private @Nullable Place previous;
        private @Nullable Place next;

        private Place(Line line, Taker taker, @Nullable Place previous) {
            this.line = line;
            this.taker = taker;
            this.previous = previous;
        }

        /** Leaves; once. Gives the line. */
        Line leave() {
            if (previous == null) {
                line.first = next;
            } else {
                previous.next = next;
            }
            if (next == null) {
                line.last = previous;
            } else {
                next.previous = previous;
            }
            line.queue.takers(-1);
            return line;
        }
    }
}
