// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import java.time.Duration;

/**
 * How safe a job must be before its producer is told so, beyond what the server does itself ({@code appendfsync}).
 *
 * @param replicas how many replicas must have it (WAIT); 0 for none
 * @param patience how long to wait for them; then the producer is told that it is not known whether the job stays
 */
public record Durability(int replicas, Duration patience) {
    /** What the server does itself. */
    public static final Durability AS_THE_SERVER = new Durability(0, Duration.ofSeconds(1));

    /** Checks the values. */
    public Durability {
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
     * @return the durability
     */
    public static Durability replicas(int count) {
        return new Durability(count, Duration.ofSeconds(1));
    }
}
