// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

/**
 * From where to wait for news of a queue.
 *
 * @param paused whether the queue is paused for workers
 * @param dueMillis in how many milliseconds something comes due; below 0 if nothing is known
 * @param entry after which entry
 * @param ring after which ring of the bell
 */
record Spot(boolean paused, long dueMillis, String entry, String ring) {}
