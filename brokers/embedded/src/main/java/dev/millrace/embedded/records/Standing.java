// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.records;

import dev.millrace.embedded.engine.NewJob.Counts;

/**
 * What of a job changes while it lives.
 *
 * @param attempts deliveries that count so far
 * @param time when it is due or since when it is dead; 0 if neither
 * @param dead whether it is in the dead letters
 * @param expiresAt when it is forgotten; 0 is never
 * @param active whether a worker has it
 * @param counts how often it came again; kept of hosted jobs
 */
public record Standing(int attempts, long time, boolean dead, long expiresAt, boolean active, Counts counts) {}
