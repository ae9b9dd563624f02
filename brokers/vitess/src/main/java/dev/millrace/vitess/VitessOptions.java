// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.time.Duration;

/**
 * How pushed messages are taken. Immutable and thread-safe.
 *
 * @param ahead how many messages may lie ready in memory before anybody asks; 0 to 100,000. With 0 a batch of the table's {@code
 *     vt_batch_size} is let in whenever somebody waits and none is there
 * @param pause how long to wait before connecting again, about: each time twice as long, and by chance half as much more or less;
 *     above zero
 * @param longestPause how long at most
 */
public record VitessOptions(int ahead, Duration pause, Duration longestPause) {
    private static final int MOST_AHEAD = 100_000;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** What is said if nothing else is: nothing ahead, 50 ms, 5 s. */
    public static final VitessOptions DEFAULT = new VitessOptions(0, Duration.ofMillis(50), Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public VitessOptions {
        if (ahead < 0 || ahead > MOST_AHEAD) {
            throw new IllegalArgumentException("ahead " + ahead + " is out of range; give 0 to " + MOST_AHEAD);
        }
        if (pause.compareTo(Duration.ofMillis(1)) < 0
                || longestPause.compareTo(pause) < 0
                || longestPause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("pauses of " + pause + " to " + longestPause
                    + " are out of range; give 1 ms to an hour, the shorter one first");
        }
    }

    /**
     * The same with another number of messages ahead.
     *
     * @param messages 0 to 100,000
     * @return new options
     */
    public VitessOptions withAhead(int messages) {
        return new VitessOptions(messages, pause, longestPause);
    }

    /**
     * The same with other pauses.
     *
     * @param shortest 1 ms or more
     * @param longest at least as much, an hour at most
     * @return new options
     */
    public VitessOptions withPause(Duration shortest, Duration longest) {
        return new VitessOptions(ahead, shortest, longest);
    }
}
