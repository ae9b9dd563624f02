// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import java.time.Duration;

/**
 * How many replicas must have a message before it counts as published, beyond what the server does itself (WAIT).
 *
 * @param replicas how many; 0 for none
 * @param patience how long to wait for them; 1 ms or more
 */
public record Replication(int replicas, Duration patience) {
    /** What the server does itself. */
    public static final Replication NONE = new Replication(0, Duration.ofSeconds(1));

    /** Checks the values. */
    public Replication {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas " + replicas + " is out of range; give 0 or more");
        }
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("patience " + patience + " is out of range; give 1 ms or more");
        }
    }

    /**
     * Waits for replicas, each time for a second at most.
     *
     * @param count how many; 1 or more
     * @return the replication
     */
    public static Replication to(int count) {
        return new Replication(count, Duration.ofSeconds(1));
    }
}
