// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.disque.NodeCommands.Page;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Follows the cursor of a scan: the next turn is asked for when the last one has been read. A turn may be empty. */
final class Scans<T> extends AbstractSpliterator<T> {
    private final Function<String, Page<T>> turns;
    private final Queue<T> found = new ArrayDeque<>();
    private String cursor = Page.START;
    private boolean last;

    private Scans(Function<String, Page<T>> turns) {
        super(Long.MAX_VALUE, Spliterator.NONNULL);
        this.turns = turns;
    }

    static <T> Stream<T> stream(Function<String, Page<T>> turns) {
        return StreamSupport.stream(new Scans<>(turns), false);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        while (found.isEmpty() && !last) {
            Page<T> page = turns.apply(cursor);
            found.addAll(page.found());
            cursor = page.cursor();
            last = page.isLast();
        }
        T next = found.poll();
        if (next == null) {
            return false;
        }
        action.accept(next);
        return true;
    }
}
