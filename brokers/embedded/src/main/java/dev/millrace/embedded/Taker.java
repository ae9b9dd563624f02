// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who wants jobs of some queues, now or as soon as there are some. Used by the leader. */
interface Taker {
    /** Whether it waits if there are none. */
    boolean isPatient();

    /** Whether its jobs are to end before it has them. */
    boolean endsWhatItTakes();

    /** From where. */
    List<Queue> queues();

    /** It is about to be served; false if it has left without a word. */
    boolean begin();

    /** There was nothing; it goes on waiting. */
    void pause();

    /** It waits from now on, and can be found. */
    default void parked() {}

    /**
     * Takes what is there and reads what has to be read before anybody else comes.
     *
     * @param waited whether it had to wait before
     * @return whether there was something
     */
    boolean take(Engine engine, boolean waited);

    /** What it took. */
    List<Held> taken();

    /** Jobs that were taken and cannot be read. */
    default List<Held> damaged() {
        return List.of();
    }

    /** What was taken could not be written: it was not taken. */
    void giveBack(Engine engine, RuntimeException why);

    /** It gets nothing more; it is told why, or nothing if that is null. */
    void dismiss(@Nullable RuntimeException why);

    /** It has all that it gets. */
    void finish();

    /** Whether it has all that it gets. */
    boolean isServed();

    /** Whether a thread of its own sleeps meanwhile, which is to look at the clock again when something ends sooner. */
    default boolean isAsleep() {
        return false;
    }

    /** Lets that thread look. */
    default void poke() {}
}
