// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/**
 * How much a {@link Host} holds. Immutable and thread-safe.
 *
 * @param jobs jobs in whatever state
 * @param queues queues that are known
 * @param memoryBytes memory that jobs and queues take, as the host counts it
 */
public record HostUsage(long jobs, long queues, long memoryBytes) {}
