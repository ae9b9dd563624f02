// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

/**
 * From where to wait for news of a queue.
 *
 * @param paused whether the queue is paused for workers
 * @param due when something comes due, in nanoseconds of the steady clock; {@link #NEVER} if nothing is known
 * @param entry after which entry
 * @param ring after which ring of the bell
 */
record Spot(boolean paused, long due, String entry, String ring) {
    static final long NEVER = Long.MAX_VALUE;
}
